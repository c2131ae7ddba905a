"""What the running transaction has touched so far, kept until it commits.

Tests copy what hangs on a cursor: records and environments stay out of the books.
"""

from contextlib import contextmanager
from functools import partial

from odoo.api import SUPERUSER_ID

from ..audit.audit import audit
from .guard import never_break
from .muting import is_muted
from .net import net_effects
from .publish import publish
from .summary import summarize

KEY = "amanat_realtime.pending"


class Books:
    """What was touched in a transaction.

    :ivar int author: id of the user who did it; the superuser only if nobody else did
        anything
    :ivar dict models: ``{model name: Pending}``
    :ivar dict muted: the same of what nobody is to hear of: for the audit only
    :ivar bool imported: whether any of it came from a file
    """

    __slots__ = ("author", "imported", "models", "muted")

    def __init__(self, author):
        self.author = author
        self.imported = False
        self.models = {}
        self.muted = {}


class Pending:
    """What was touched on one model, with what it was like before.

    :ivar dict created: ``{id: None}``
    :ivar dict columns: ``{id: {column: value before the first write}}``, as in
        PostgreSQL; records that were alike may share a dict
    :ivar dict relations: ``{id: {x2many field: ids before the first write}}``
    :ivar dict stale: ``{id: {field name}}``
    :ivar dict deleted: ``{id: {field: value}}``, what access rules look at, in JSON
        form
    :ivar dict others: ``{model: {id: {field: value}}}``, what they look at in records
        that deleted ones refer to, in JSON form
    :ivar dict rooms: ``{id: {room}}`` of the deleted records
    :ivar dict sizes: ``{id: {binary field: (size, checksum)}}`` before the first write,
        for the audit
    :ivar dict names: ``{id: name}`` of records that are to be deleted, for the audit
    :ivar dict line_names: ``{model: {id: name}}`` of lines that may be deleted, for the
        audit
    :ivar dict links: ``{id: {many2one to a live parent: id}}`` of them, for the audit
    :ivar Pending older: where it may be noted already; to be looked at first
    """

    __slots__ = (
        "columns",
        "created",
        "deleted",
        "line_names",
        "links",
        "names",
        "older",
        "others",
        "relations",
        "rooms",
        "sizes",
        "stale",
    )

    def __init__(self, older=None):
        self.older = older
        self.created = {}
        self.columns = {}
        self.relations = {}
        self.stale = {}
        self.deleted = {}
        self.others = {}
        self.rooms = {}
        self.sizes = {}
        self.names = {}
        self.links = {}
        self.line_names = {}

    def is_created(self, id_):
        """Whether the transaction has created a record."""
        return id_ in self.created or (self.older and id_ in self.older.created)

    def known(self, part, id_):
        """Return what is known already of a record, by field.

        :param str part: ``columns``, ``relations`` or ``sizes``
        :rtype: dict
        """
        known = getattr(self, part).get(id_, {})
        if self.older:
            return known | getattr(self.older, part).get(id_, {})
        return known

    def without_columns(self, ids, names):
        """Return the ids of the records that were there before, and of which some
        columns are not known.

        :param Iterable[int] ids:
        :param Collection[str] names:
        :rtype: list[int]
        """
        created, noted = self._ids_in("created"), self._ids_in("columns")
        names = set(names)
        return [
            id_
            for id_ in ids
            if id_ not in created
            and (id_ not in noted or not self.known("columns", id_).keys() >= names)
        ]

    def note_columns(self, found):
        """Note what columns hold, unless it is known already.

        :param dict found: ``{id: {column: value}}``
        """
        known = {
            id_: found[id_] | self.known("columns", id_)
            for id_ in found.keys() & self._ids_in("columns")
        }
        self.columns.update(found | known)

    def _ids_in(self, part):
        ids = getattr(self, part).keys()
        return ids | getattr(self.older, part).keys() if self.older else ids

    def joined(self, other):
        """Return this and what is noted elsewhere of the same transaction.

        :param Pending other: one whose ``older`` this is: where both know a value, it
            is the older one there
        :rtype: Pending
        """
        result = Pending()
        for part in ("created", "deleted", "names", "links"):
            setattr(result, part, getattr(self, part) | getattr(other, part))
        for part in ("columns", "relations", "sizes", "line_names"):
            mine, others = getattr(self, part), getattr(other, part)
            ids = mine.keys() | others.keys()
            whole = {i: mine.get(i, {}) | others.get(i, {}) for i in ids}
            setattr(result, part, whole)
        return result

    def mark_stale(self, ids, names):
        """Note that some fields must be read again.

        :param Iterable[int] ids:
        :param Iterable[str] names:
        """
        for id_ in ids:
            if id_:
                self.stale.setdefault(id_, set()).update(names)


def pending_of(env, model_name):
    """Return where to note what happens to a model, and see to it that it is sent when
    the transaction commits.

    :param Environment env: its user is the author
    :param str model_name:
    :rtype: Pending
    """
    books = env.cr.precommit.data.get(KEY)
    if books is None:
        books = env.cr.precommit.data[KEY] = Books(env.uid)
        env.cr.precommit.add(partial(_close, env))
    if env.uid != SUPERUSER_ID:
        books.author = env.uid
    if env.context.get("import_file"):
        books.imported = True
    if is_muted(env):
        if model_name not in books.muted:
            older = books.models.setdefault(model_name, Pending())
            books.muted[model_name] = Pending(older)
        return books.muted[model_name]
    if model_name not in books.models:
        books.models[model_name] = Pending()
    return books.models[model_name]


def _close(env):
    # what is still in the cache was changed by this transaction as well; an error of
    # this flush is the user's, not ours
    env.flush_all()
    books = env.cr.precommit.data.pop(KEY, None)
    if books:
        env = env(user=books.author)
        nets = None
        with _harmless(env, "publish the changes of a transaction"):
            nets = net_effects(env, books.models)
            publish(env, summarize(env, books.models, nets))
        if env["amanat.realtime.model"]._audited():
            with _harmless(env, "write the audit of a transaction"):
                audit(env, books, nets)


@contextmanager
def _harmless(env, doing):
    with never_break(doing), env.cr.savepoint(flush=False):
        yield
