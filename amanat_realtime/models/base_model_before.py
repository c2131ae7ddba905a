from odoo import models

from ..recording.columns import read_columns, to_json
from ..recording.pending import pending_of
from ..recording.spread import computed_from
from .base_model import BOOKKEEPING


class AmanatBaseModel(models.AbstractModel):
    """What records were like before a change: kept while it can still be seen."""

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.base.model"

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


def _plain(record, name):
    """Return a value of a record in JSON form (relations: ids)."""
    field = record._fields[name]
    if field.relational:
        ids = list(record[name]._ids)
        return (ids[0] if ids else False) if field.type == "many2one" else ids
    return to_json(field, record[name])
