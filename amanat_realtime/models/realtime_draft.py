import datetime
from types import SimpleNamespace

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from ..conflict.author import Authors
from ..conflict.references import names_of
from ..drafts.jsonable import jsonable
from ..drafts.readable import present_value, readable_base, readable_value
from ..drafts.text import draft_text
from ..recording.guard import never_break
from ..wire import timestamp

# told to a person's tabs
DRAFT = "amanat_realtime/draft"
KEPT_DAYS = 30
MAX_PER_USER = 500


class RealtimeDraft(models.Model):
    """What a person wanted to save when nobody could be asked whose value is right.

    One draft per person and field of a record. Its owner alone reads it and deletes it;
    the server alone writes it.
    """

    _name = "amanat.realtime.draft"
    _description = "Real-time: changes not saved"
    _order = "id desc"
    _rec_name = "field"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer("Record ID", required=True, readonly=True)
    field = fields.Char("Technical field", required=True, readonly=True)
    mine = fields.Json("Kept value", readonly=True)
    base = fields.Json("Original value", readonly=True)
    record_name = fields.Char("Record", compute="_compute_texts")
    model_name = fields.Char("Document", compute="_compute_texts")
    field_label = fields.Char("Field", compute="_compute_texts")
    mine_text = fields.Text("Your change", compute="_compute_texts")
    can_open = fields.Boolean(compute="_compute_texts")

    _one_per_field = models.Constraint(
        "UNIQUE(user_id, model, res_id, field)",
        "There is a draft of this field already.",
    )

    @api.depends("model", "res_id", "field", "mine", "base")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_texts(self):
        kept = self._kept_records()
        for draft in self:
            record, name = kept.get((draft.model, draft.res_id), (None, None))
            draft.can_open = bool(record)
            draft.model_name = draft.field_label = draft.mine_text = False
            with never_break("show a draft"):
                model = self.env.get(draft.model)
                if model is None:
                    draft.model_name = draft.model
                    draft.field_label = draft.field
                    draft.mine_text = str(draft.mine)
                else:
                    field = model._fields.get(draft.field)
                    IrModel = self.env["ir.model"].sudo()
                    draft.model_name = IrModel._get(draft.model).name
                    draft.field_label = (
                        field._description_string(self.env) if field else draft.field
                    )
                    draft.mine_text = draft_text(
                        model if record is None else record,
                        draft.field,
                        draft.mine,
                        draft.base,
                    )
            draft.record_name = name or self.env._(
                "Record %(id)s, no longer available", id=draft.res_id
            )

    def unlink(self):
        # another tab may have used or replaced them meanwhile
        drafts = self.exists()
        places = {(d.user_id, d.model, d.res_id) for d in drafts.sudo()}
        result = super(RealtimeDraft, drafts).unlink()
        for user, model, res_id in places:
            if not self.sudo().search_count(_of(user, model, res_id), limit=1):
                user._bus_send(DRAFT, {"model": model, "id": res_id, "gone": True})
        return result

    def action_open(self):
        """Show the record, in whose form the draft is offered.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    @api.model
    @api.readonly
    def get_drafts(self, model, res_id):
        """Return what the caller has kept of a record, as far as they may read it now.

        :param str model:
        :param int res_id:
        :return: empty if there is no such record for them
        :rtype: list[dict]
        :raise AccessError: if the caller may not have drafts
        """
        self.browse().check_access("read")
        record = self._readable(model, [res_id])
        if not record:
            return []
        drafts = self.search(_of(self.env.user, model, res_id), order="id")
        authors = Authors(self.env)
        readable = [draft._as_read(record, authors) for draft in drafts]
        return [values for values in readable if values]

    @api.model
    def _keep(self, record, mine, base):
        """Keep what could not be saved for the person of this environment, instead of
        what was kept of the same fields before.

        :param Model record: one record
        :param dict mine: values by field, in the format of ``write``
        :param dict base: what the person started from, by field
        :rtype: RealtimeDraft
        :raise odoo.exceptions.ConcurrencyError: if another request of the person keeps
            the same just now; Odoo runs the transaction again
        """
        record.ensure_one()
        mine, base = jsonable(mine), jsonable(base)
        user = self.env.user
        drafts = self.sudo()
        place = {"user_id": user.id, "model": record._name, "res_id": record.id}
        older = drafts.search(
            _of(user, record._name, record.id) + [("field", "in", list(mine))]
        )
        # they are replaced: tabs must not be told that there are none any more
        super(RealtimeDraft, older).unlink()
        try:
            with self.env.cr.savepoint(flush=False):
                kept = drafts.create(
                    [
                        {
                            **place,
                            "field": name,
                            "mine": value,
                            "base": base.get(name),
                        }
                        for name, value in mine.items()
                    ]
                )
        except UniqueViolation as error:
            raise ConcurrencyError("draft of the same field") from error
        drafts.search([("user_id", "=", user.id)], offset=MAX_PER_USER).unlink()
        user._bus_send(DRAFT, {"model": record._name, "id": record.id})
        return kept

    @api.model
    def _records_with_drafts(self):
        """Return the ids of the records that the caller has drafts of, by model. What
        of them can be read now is left to :meth:`get_drafts`.

        :rtype: dict[str, list[int]]
        """
        found = {}
        own = [("user_id", "=", self.env.uid)]
        for draft in self.sudo().search_fetch(own, ["model", "res_id"], order="id"):
            found.setdefault(draft.model, {})[draft.res_id] = None
        return {model: list(ids) for model, ids in found.items()}

    def _as_read(self, record, authors):
        """Return a draft as the browser offers it; None if its field may not be read.

        :param Model record: the one it was kept of, readable
        :param Authors authors:
        :rtype: dict | None
        """
        field = record._fields.get(self.field)
        if not field or not record._has_field_access(field, "read"):
            return None
        with never_break("show a draft"):
            name, mine, base = self.field, self.mine, self.base
            by, at = authors.of(SimpleNamespace(record=record, field=field))
            return {
                "id": self.id,
                "field": name,
                "label": field._description_string(self.env),
                "mine": readable_value(record, name, mine, base),
                "base": readable_base(record, name, base),
                "theirs": present_value(record, name, like=(base, mine)),
                "created": timestamp(self.create_date),
                "by": by,
                "at": at,
            }
        return None

    def _kept_records(self):
        """Return the records of these drafts that are there and that the caller may
        read, with their names.

        :rtype: dict[tuple[str, int], tuple[Model, str | None]]
        """
        ids_by_model, found = {}, {}
        for draft in self:
            ids_by_model.setdefault(draft.model, set()).add(draft.res_id)
        for model, ids in ids_by_model.items():
            with never_break("read the records of drafts"):
                records = self._readable(model, ids)
                names = names_of(records)
                for record in records:
                    found[model, record.id] = record, names[record.id]
        return found

    @api.model
    def _readable(self, model, ids):
        """Return those records that are there and that the caller may read.

        :param model: anything
        :param Iterable ids: of anything
        :rtype: Model
        """
        if not isinstance(model, str) or model not in self.env:
            return self.browse()
        if self.env[model]._abstract:
            return self.browse()
        ids = {i for i in ids if type(i) is int and 0 < i < 2**31}
        return self.env[model].browse(ids).exists()._filtered_access("read")

    @api.autovacuum
    def _gc_drafts(self):
        limit = fields.Datetime.now() - datetime.timedelta(days=KEPT_DAYS)
        self.sudo().search([("create_date", "<", limit)]).unlink()


def _of(user, model, res_id):
    return [("user_id", "=", user.id), ("model", "=", model), ("res_id", "=", res_id)]
