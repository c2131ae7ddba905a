import ast

from odoo import api, models, tools

from ..recording.columns import read_columns, to_json
from ..recording.guard import never_break
from ..recording.notify import notify
from ..recording.pending import pending_of
from ..recording.spread import computed_from

MIXIN = "amanat.base.model"
# what Odoo itself keeps for every record
BOOKKEEPING = frozenset(models.MAGIC_COLUMNS) | {"parent_path"}


class AmanatBaseModel(models.AbstractModel):
    """Makes a model live: what one person saves, the open views of the others show.

    ``_inherit = ["amanat.base.model"]`` is all that a model needs. Recording starts at
    the first change of a watched model and ends in a message at commit; see
    ``recording/`` for the way between.
    """

    _name = MIXIN
    _description = "Live model"

    # ------------------------------------------------------------
    # What others override or call
    # ------------------------------------------------------------

    @api.model
    def _get_realtime_fields(self):
        """Return the names of the fields whose changes are told. Fields that are not
        stored follow from those they are computed from.

        :rtype: list[str]
        """
        return [
            name
            for name, field in self._fields.items()
            if field.store and field.type != "binary" and name not in BOOKKEEPING
        ]

    def _get_realtime_rooms(self):
        """Return the rooms that this record belongs to. Views that ask for a room, with
        the key ``amanat_realtime_room`` in the context of their action, hear of its
        records only. Called with one record; while a change is recorded, also with the
        record as it was before.

        :rtype: Iterable[str]
        """
        return ()

    def _send_realtime_notification(self, action, changed_fields=None, **extra):
        """Tell the people who look at these records that something happened to them.

        The actions ``create``, ``update`` and ``unlink`` make views show what the ORM
        does not see, such as changes made in SQL: with ``update``, views read the
        ``changed_fields`` again. Any other action reaches those who subscribed to it.
        Only readers of a record hear of it, and only of fields that they may read.

        :param str action:
        :param Iterable[str] changed_fields: names of fields
        :param extra: JSON values for the subscribers; all readers of any of the records
            get them
        :raise ValueError: if a field does not exist
        """
        notify(self, action, list(changed_fields or ()), extra)

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records._realtime_recording():
            book = pending_of(self.env, self._name)
            book.created.update(dict.fromkeys(records._ids))
        return records

    def write(self, vals):
        if self and self._realtime_recording():
            book = pending_of(self.env, self._name)
            with never_break("note what records were like"):
                self._realtime_note_relations(book, self._realtime_rule_fields() & {*vals})
        return super().write(vals)

    def unlink(self):
        if self and self._realtime_recording():
            doing = "note what is deleted"
            with never_break(doing), self.env.cr.savepoint(flush=False):
                self._realtime_note_deletion()
        return super().unlink()

    def _write_multi(self, vals_list):
        # every change of a column goes this way, computed fields included
        if self and self._realtime_recording():
            names = {name for vals in vals_list for name in vals}
            with never_break("note what records were like"):
                self._realtime_note_columns(names)
        return super()._write_multi(vals_list)

    def modified(self, fnames, create=False, before=False):
        # relations have no column: this is where their changes are told to the ORM
        if self and not create and not before:
            names = [n for n in fnames if self._realtime_is_relation(n)]
            if names and self._realtime_recording():
                pending_of(self.env, self._name).mark_stale(self._ids, names)
        return super().modified(fnames, create=create, before=before)

    def _compute_field_value(self, field):
        result = super()._compute_field_value(field)
        if self._realtime_is_relation(field.name) and self._realtime_recording():
            pending_of(self.env, self._name).mark_stale(self._ids, [field.name])
        return result

    # ------------------------------------------------------------
    # Helpers of the recording
    # ------------------------------------------------------------

    def _realtime_recording(self):
        """Whether what happens to this model now concerns anybody."""
        return (
            not self._transient
            and self.pool.ready
            and not self.env.context.get("amanat_realtime_disable")
            and bool(self.env["amanat.realtime.lease"]._watched(self._realtime_scope()))
        )

    def _realtime_is_relation(self, name):
        field = self._fields[name]
        return field.store and field.type in ("one2many", "many2many")

    def _realtime_note_columns(self, names):
        """Keep what columns hold, before they change for the first time."""
        names = [
            name
            for name in sorted(names - BOOKKEEPING)
            if self._fields[name].column_type and self._fields[name].type != "binary"
        ]
        book = pending_of(self.env, self._name)
        unknown = [
            id_
            for id_ in self._ids
            if id_ not in book.created
            and not book.columns.get(id_, {}).keys() >= set(names)
        ]
        for id_, values in read_columns(self, unknown, names).items():
            book.columns[id_] = {**values, **book.columns.get(id_, {})}

    def _realtime_note_relations(self, book, names):
        names = [name for name in names if not self._fields[name].column_type]
        if not names:
            return
        for record in self.sudo().with_context(active_test=False):
            if record.id and record.id not in book.created:
                known = book.relations.setdefault(record.id, {})
                for name in names:
                    known.setdefault(name, list(record[name]._ids))

    def _realtime_note_deletion(self):
        """Keep what must be known of records that will be gone, and of those that
        PostgreSQL will delete or change with them.
        """
        self.env.flush_all()
        book = pending_of(self.env, self._name)
        records = self.sudo().with_context(active_test=False).exists()
        records = records.filtered(lambda record: record.id not in book.deleted)
        if not records:
            return
        for found, ids, names in computed_from(records, self._fields):
            pending_of(self.env, found).mark_stale(ids, names)
        for link, parent, names in self._realtime_parents():
            pending_of(self.env, parent).mark_stale(records[link]._ids, names)
        ruled = self._realtime_rule_fields()
        for record in records:
            book.deleted[record.id] = {n: _plain(record, n) for n in ruled}
            book.rooms[record.id] = list(record._get_realtime_rooms())
        for model_name, link, ondelete in self._realtime_referrers():
            referrers = self.env[model_name].sudo().with_context(active_test=False)
            referrers = referrers.search([(link, "in", records.ids)], order="id")
            if ondelete == "cascade":
                referrers._realtime_note_deletion()
            else:
                referrers._realtime_note_columns({link})

    @api.model
    def _has_realtime_rooms(self):
        mixin = self.pool[MIXIN]._get_realtime_rooms
        return type(self)._get_realtime_rooms is not mixin

    # ------------------------------------------------------------
    # What follows from the definition of the models
    # ------------------------------------------------------------

    @api.model
    @tools.ormcache("self._name")
    def _realtime_scope(self):
        """Return the live models in whose views a change of this one may show.

        :rtype: frozenset[str]
        """
        parents = {parent for _link, parent, _names in self._realtime_parents()}
        referrers = {name for name, _link, _ondelete in self._realtime_referrers()}
        return frozenset({self._name} | parents | referrers)

    @api.model
    @tools.ormcache("self._name")
    def _realtime_parents(self):
        """Return the live models that list records of this one as their lines.

        :return: ``(many2one, parent model, its one2many fields)``
        :rtype: tuple[tuple[str, str, tuple[str, ...]], ...]
        """
        live = live_models(self.pool)
        return tuple(
            (field.name, field.comodel_name, names)
            for field in self._fields.values()
            if field.type == "many2one" and field.store and field.comodel_name in live
            and (
                names := tuple(
                    inverse.name
                    for inverse in self.pool.field_inverses[field]
                    if inverse.type == "one2many"
                )
            )
        )

    @api.model
    @tools.ormcache("self._name")
    def _realtime_referrers(self):
        """Return the references that PostgreSQL follows when a record is deleted.

        :return: ``(live model, many2one, ondelete)``
        :rtype: tuple[tuple[str, str, str], ...]
        """
        return tuple(
            (name, field.name, field.ondelete)
            for name in sorted(live_models(self.pool))
            for field in self.env[name]._fields.values()
            if field.type == "many2one"
            and field.store
            and field.column_type
            and not field.company_dependent
            and field.comodel_name == self._name
            and field.ondelete in ("cascade", "set null")
        )

    @api.model
    @tools.ormcache("self._name")
    def _realtime_rule_fields(self):
        """Return the fields of this model that record rules may look at: a superset,
        since a rule is a program whose fields may depend on who asks.

        :rtype: frozenset[str]
        """
        rules = self.env["ir.rule"].sudo().search([("model_id.model", "=", self._name)])
        words = set()
        for rule in rules:
            words |= _words(rule.domain_force or "")
        names = {word.partition(".")[0] for word in words}
        names.update(self._inherits.values())
        if names & {"child_of", "parent_of"}:
            names.add(self._parent_name)
        return frozenset(names & (self._fields.keys() - {"id"}))


def live_models(pool):
    """Return the names of the models that are live.

    :param Registry pool:
    :rtype: set[str]
    """
    return {
        name
        for name in pool.descendants([MIXIN], "_inherit")
        if not pool[name]._abstract and not pool[name]._transient
    }


def _words(source):
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except SyntaxError:
        return set()
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _plain(record, name):
    """Return a value of a record in JSON form (relations: ids)."""
    field = record._fields[name]
    if field.relational:
        ids = list(record[name]._ids)
        return (ids[0] if ids else False) if field.type == "many2one" else ids
    return to_json(field, record[name])
