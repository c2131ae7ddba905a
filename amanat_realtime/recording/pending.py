"""What the running transaction has touched so far, kept until it commits.

Tests copy what hangs on a cursor: records and environments stay out of the books.
"""

from functools import partial

from odoo.api import SUPERUSER_ID

from .guard import never_break
from .publish import publish
from .summary import summarize

KEY = "amanat_realtime.pending"


class Books:
    """What was touched in a transaction.

    :ivar int author: id of the user who did it; the superuser only if nobody else did
        anything
    :ivar dict models: ``{model name: Pending}``
    """

    __slots__ = ("author", "models")

    def __init__(self, author):
        self.author = author
        self.models = {}


class Pending:
    """What was touched on one model, with what it was like before.

    :ivar dict created: ``{id: None}``
    :ivar dict columns: ``{id: {column: value before the first write}}``, as in
        PostgreSQL
    :ivar dict relations: ``{id: {x2many field: ids before the first write}}``
    :ivar dict stale: ``{id: {field name}}``
    :ivar dict deleted: ``{id: {field: value}}``, what access rules look at, in JSON
        form
    :ivar dict others: ``{model: {id: {field: value}}}``, what they look at in records
        that deleted ones refer to, in JSON form
    :ivar dict rooms: ``{id: {room}}`` of the deleted records
    """

    __slots__ = (
        "columns",
        "created",
        "deleted",
        "others",
        "relations",
        "rooms",
        "stale",
    )

    def __init__(self):
        self.created = {}
        self.columns = {}
        self.relations = {}
        self.stale = {}
        self.deleted = {}
        self.others = {}
        self.rooms = {}

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
    if model_name not in books.models:
        books.models[model_name] = Pending()
    return books.models[model_name]


def _close(env):
    # what is still in the cache was changed by this transaction as well; an error of
    # this flush is the user's, not ours
    env.flush_all()
    books = env.cr.precommit.data.pop(KEY, None)
    if books:
        doing = "publish the changes of a transaction"
        with never_break(doing), env.cr.savepoint(flush=False):
            publish(env(user=books.author), summarize(env, books.models))
