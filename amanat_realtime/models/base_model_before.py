from odoo import models

from ..recording.columns import read_columns, read_relation, to_json
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

    def _realtime_note_relations(self, names):
        """Keep what relations link to, before they change for the first time."""
        book = pending_of(self.env, self._name)
        ids = [id_ for id_ in self._ids if id_ and id_ not in book.created]
        for name in names:
            unknown = [i for i in ids if name not in book.relations.get(i, ())]
            if unknown:
                for id_, linked in read_relation(self, unknown, name).items():
                    book.relations.setdefault(id_, {})[name] = linked

    def _realtime_note_deletion(self):
        """Keep what must be known of records that will be gone, and of those that
        PostgreSQL will delete or change with them.
        """
        book = pending_of(self.env, self._name)
        records = self.sudo().with_context(active_test=False)
        records = records.browse(id_ for id_ in self._ids if id_ not in book.deleted)
        self.env.flush_all()
        ruled = self._realtime_rule_fields()
        before = records._realtime_stored_values(ruled)
        records = records.browse(before)
        if not records:
            return
        book.deleted.update(before)
        if records._has_realtime_rooms():
            for record in records:
                book.rooms[record.id] = list(record._get_realtime_rooms())
        for found, ids, names in computed_from(records, self._fields):
            pending_of(self.env, found).mark_stale(ids, names)
        for link, parent, names in self._realtime_parents():
            parents = read_columns(self, records.ids, [link]).values()
            parent_ids = {values[link] for values in parents}
            pending_of(self.env, parent).mark_stale(parent_ids, names)
        for model_name, link, ondelete in self._realtime_referrers():
            referrers = self.env[model_name].sudo().with_context(active_test=False)
            referrers = referrers.search([(link, "in", records.ids)], order="id")
            if ondelete == "cascade":
                referrers._realtime_note_deletion()
            else:
                referrers._realtime_note_columns({link})

    def _realtime_stored_values(self, names):
        """Return stored values in JSON form, of those records that exist.

        :param Iterable[str] names: those of fields that are not stored are left out
        :rtype: dict[int, dict]
        """
        fields = [self._fields[name] for name in sorted(names)]
        columns = [f.name for f in fields if f.store and f.column_type]
        values = {
            id_: {name: to_json(self._fields[name], row[name]) for name in columns}
            for id_, row in read_columns(self, self._ids, ["id", *columns]).items()
        }
        for field in fields:
            if values and self._realtime_is_relation(field.name):
                for id_, linked in read_relation(self, values, field.name).items():
                    values[id_][field.name] = linked
        return values
