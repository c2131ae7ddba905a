from odoo import models

from ..recording.columns import has_column, read_columns, read_relation
from ..recording.pending import pending_of
from ..recording.rights import note_path, stored_values
from ..recording.rooms import rooms_of
from ..recording.spread import computed_from
from .base_model import BOOKKEEPING


class AmanatBaseModel(models.AbstractModel):
    """What records were like before a change: kept while it can still be seen.

    All of it is read past the cache, and nothing is flushed here: the errors of a flush
    are the user's.
    """

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.base.model"

    def _realtime_note_columns(self, names):
        """Keep what columns hold before they change for the first time, and what
        access rules look at.
        """
        columns = [
            name
            for name in sorted((names | self._realtime_rule_fields()) - BOOKKEEPING)
            if has_column(self._fields[name])
        ]
        book = pending_of(self.env, self._name)
        unknown = book.without_columns(self._ids, columns)
        book.note_columns(read_columns(self, unknown, columns))

    def _realtime_note_relations(self, names):
        """Keep what relations link to, before they change for the first time."""
        book = pending_of(self.env, self._name)
        ids = [id_ for id_ in self._ids if id_ and not book.is_created(id_)]
        for name in names:
            unknown = [i for i in ids if name not in book.known("relations", i)]
            for id_, linked in read_relation(self, unknown, name).items():
                book.relations.setdefault(id_, {})[name] = linked

    def _realtime_note_deletion(self):
        """Keep what must be known of records that will be gone, and of those that
        PostgreSQL will delete or change with them.
        """
        book = pending_of(self.env, self._name)
        records = self.sudo().with_context(active_test=False)
        records = records.browse(id_ for id_ in self._ids if id_ not in book.deleted)
        before = stored_values(records, self._realtime_rule_fields())
        records = records.browse(before)
        if not records:
            return
        book.deleted.update(before)
        records._realtime_note_deleted_for_audit()
        for path in self._realtime_rule_paths():
            note_path(book.others, records, path.split("."))
        if records._has_realtime_rooms():
            for record in records:
                book.rooms[record.id] = rooms_of(record)
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
