from odoo import Command, models

from ..audit.names import read_names
from ..audit.own_cache import own_cache
from ..audit.sizes import read_sizes
from ..recording.columns import has_column, read_columns
from ..recording.guard import never_break
from ..recording.pending import pending_of

# commands after which a line may be gone
_REMOVING = (Command.DELETE, Command.UNLINK, Command.CLEAR, Command.SET)


class AmanatBaseModel(models.AbstractModel):
    """What only the audit wants to know of the time before a change."""

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.base.model"

    def _realtime_audited(self):
        """Whether the audit concerns what happens to this model now."""
        return self.pool.ready and self._realtime_shows_in_audit()

    def _realtime_audit_fields(self):
        """Return the fields whose changes are audited: none if the model is not.

        :rtype: frozenset[str]
        """
        if self._name not in self._realtime_audited_models():
            return frozenset()
        return self._realtime_auditable()

    def _realtime_audited_models(self):
        if self._transient or not self.pool.ready:
            return frozenset()
        return self.env["amanat.realtime.model"]._audited()

    def _realtime_audit_relations(self):
        """Return the relations whose links must be known before they change."""
        audited = self._realtime_audited_models()
        if not audited:
            return frozenset()
        mirrored = {
            n for n, model, _inv in self._realtime_mirrors() if model in audited
        }
        return self._realtime_audit_fields() | mirrored

    def _realtime_note_for_audit(self, vals):
        """Keep what else the audit needs of records that are to be written."""
        names = self._realtime_audit_fields() & vals.keys()
        book = pending_of(self.env, self._name)
        for name in names:
            field = self._fields[name]
            if field.type == "binary":
                unknown = [
                    id_
                    for id_ in self._ids
                    if not book.is_created(id_) and name not in book.known("sizes", id_)
                ]
                for id_, size in read_sizes(self, unknown, name).items():
                    book.sizes.setdefault(id_, {})[name] = size
            elif field.type == "one2many" and _may_delete(vals[name]):
                linked = {
                    line_id
                    for id_ in self._ids
                    for line_id in book.known("relations", id_).get(name, ())
                }
                with self.env.cr.savepoint(flush=False), own_cache(self.env) as env:
                    found = read_names(env[field.comodel_name], linked)
                book.line_names.setdefault(field.comodel_name, {}).update(found)

    def _realtime_note_deleted_for_audit(self):
        """Keep what records are called that will be gone, and whose lines they are."""
        audited = self._realtime_audited_models()
        parents = [p for p in self._realtime_parents() if p[1] in audited]
        if self._name not in audited and not parents:
            return
        book = pending_of(self.env, self._name)
        with own_cache(self.env) as env:
            book.names.update(read_names(env[self._name], self._ids))
        links = sorted({link for link, _parent, _names in parents})
        book.links.update(read_columns(self, self._ids, links))

    def _update_field_translations(self, field_name, translations, *args, **kwargs):
        # this is written past the ORM
        field = self._fields.get(field_name)
        if field and field.translate and has_column(field):
            with self._realtime_context() as recording:
                if recording and self.has_access("write"):
                    self.env.flush_all()
                    with never_break("note what records were like"):
                        self._realtime_note_columns({field_name})
                return super()._update_field_translations(
                    field_name, translations, *args, **kwargs
                )
        return super()._update_field_translations(
            field_name, translations, *args, **kwargs
        )


def _may_delete(commands):
    return isinstance(commands, (list, tuple)) and any(
        command and command[0] in _REMOVING
        for command in commands
        if isinstance(command, (list, tuple))
    )
