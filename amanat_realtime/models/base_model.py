from contextlib import contextmanager, nullcontext

from odoo import api, models

from ..activation.classes import MIXIN
from ..recording.audience import audience
from ..recording.columns import is_relation
from ..recording.guard import never_break
from ..recording.muting import CONTEXT_KEY, is_muted, muted
from ..recording.notify import notify
from ..recording.pending import pending_of

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
        record as it was before. ``*`` is no name for a room.

        :rtype: Iterable[str]
        """
        return ()

    def _send_realtime_notification(self, action, changed_fields=None, **extra):
        """Tell the people who look at these records that something happened to them.

        The actions ``create``, ``update`` and ``unlink`` make views show what the ORM
        does not see, such as changes made in SQL: with ``update``, views read the
        ``changed_fields`` again; ``unlink`` must be sent before the deletion. Any other
        action reaches those who subscribed to it. Only readers of a record hear of it,
        and only of fields that they may read.

        :param str action:
        :param Iterable[str] changed_fields: names of fields
        :param extra: JSON values for the subscribers; all readers of any of the records
            get them
        :raise ValueError: if a field does not exist, or what is to be told is no JSON
        """
        notify(self, action, list(changed_fields or ()), extra)

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        with self._realtime_context() as recording:
            records = super().create(vals_list)
            if recording:
                book = pending_of(self.env, self._name)
                book.created.update(dict.fromkeys(records._ids))
            return records

    def write(self, vals):
        with self._realtime_context() as recording:
            if recording and self:
                self._realtime_note_write(vals)
            return super().write(vals)

    def unlink(self):
        with self._realtime_context() as recording:
            # who may not delete gets Odoo's error before we look at anything
            if recording and self and self.has_access("unlink"):
                self.env.flush_all()
                doing = "note what is deleted"
                with never_break(doing), self.env.cr.savepoint(flush=False):
                    self._realtime_note_deletion()
            return super().unlink()

    def _write_multi(self, vals_list):
        # every change of a column goes this way, computed fields included
        if self and self._realtime_recording():
            names = set().union(*vals_list)
            with never_break("note what records were like"):
                self._realtime_note_columns(names)
        return super()._write_multi(vals_list)

    def modified(self, fnames, create=False, before=False):
        # relations have no column: this is where their changes are told to the ORM
        if self and not create and not before:
            names = [name for name in fnames if is_relation(self._fields[name])]
            if names and self._realtime_recording():
                pending_of(self.env, self._name).mark_stale(self._ids, names)
        return super().modified(fnames, create=create, before=before)

    def _compute_field_value(self, field):
        if is_relation(field) and field.name in self._realtime_audit_fields():
            with never_break("note what records were like"):
                self._realtime_note_relations({field.name})
        result = super()._compute_field_value(field)
        if is_relation(field) and self._realtime_recording():
            pending_of(self.env, self._name).mark_stale(self._ids, [field.name])
        return result

    def _realtime_context(self):
        """Do a piece of work, told or not.

        :return: whether it is recorded
        :rtype: ContextManager[bool]
        """
        recording = self._realtime_recording()
        if recording and self.env.context.get(CONTEXT_KEY):
            return self._realtime_muted()
        return nullcontext(recording)

    @contextmanager
    def _realtime_muted(self):
        with muted(self.env):
            # the audit is not for the author to switch off
            yield self._realtime_recording()

    def _realtime_recording(self):
        """Whether what happens to this model now concerns anybody."""
        return self._realtime_watched() or self._realtime_audited()

    def _realtime_watched(self):
        """Whether somebody is to be told what happens to this model now; about whoever
        is not told it is asked again after the commit.
        """
        scope = self._realtime_scope_now()
        return bool(scope and audience(self.env, scope))

    def _realtime_scope_now(self):
        """Return the models in whose views what happens to this one now may show.

        :rtype: frozenset[str]
        """
        if not self.pool.ready or is_muted(self.env):
            return frozenset()
        return self._realtime_scope()

    def _realtime_note_write(self, vals):
        # opened now: tests run the precommit hooks without a flush, which opens it too
        book = pending_of(self.env, self._name)
        if self._realtime_noted_at_write().isdisjoint(vals):
            return
        inherited = [n for n in vals if n in self._fields and self._fields[n].inherited]
        if inherited:
            # these are columns of another record
            book.mark_stale(self._ids, inherited)
        ruled = self._realtime_rule_fields() | self._realtime_audit_relations()
        ruled = {n for n in ruled & vals.keys() if is_relation(self._fields[n])}
        for name in ruled:
            field = self._fields[name]
            if field.type == "one2many":
                self.env[field.comodel_name].flush_model([field.inverse_name])
        with never_break("note what records were like"):
            self._realtime_note_relations(ruled)
            self._realtime_note_for_audit(vals)

    @api.model
    def _has_realtime_rooms(self):
        mixin = self.pool[MIXIN]._get_realtime_rooms
        return type(self)._get_realtime_rooms is not mixin
