"""From the net effect of a transaction to its audit, in the same transaction."""

import uuid

from odoo import fields

from ..recording.net import net_effects
from .joined import join
from .links import changed_links
from .naming import Names
from .origin import origin
from .own_cache import own_cache
from .rows import rows_of
from .store import delete_rows, insert_rows, read_rows

TRANSACTION = "amanat_realtime.audit"


def audit(env, books, nets):
    """Write what a transaction did to audited models. What it has written at an earlier
    savepoint, and was not rolled back since, is taken into account.

    :param Environment env: its user is the author; flushed
    :param Books books:
    :param dict nets: ``{model: Net}`` of what watchers are told of, if it is known
    """
    pending = _joined(books)
    audited = env["amanat.realtime.model"]._audited()
    with own_cache(env) as own:
        if nets is None or books.muted:
            nets = net_effects(own, pending)
        links = changed_links(own, pending, nets, audited)
        names = Names(own, _names_of_gone(pending))
        for name in sorted(audited & (pending.keys() | links.keys())):
            rows = rows_of(
                own[name], pending.get(name), nets.get(name), links.get(name, {}), names
            )
            if rows:
                _store(own, env.uid, origin(books.imported), name, rows)


def _joined(books):
    pending = dict(books.models)
    for name, muted in books.muted.items():
        pending[name] = pending[name].joined(muted)
    return pending


def _names_of_gone(pending):
    gone = {}
    for name, book in pending.items():
        gone.setdefault(name, {}).update(book.names)
        for lines, names in book.line_names.items():
            gone.setdefault(lines, {}).update(names)
    return gone


def _store(env, uid, source, model_name, rows):
    data = env.cr.postcommit.data
    token, written = data.setdefault(TRANSACTION, (uuid.uuid4().hex, set()))
    if model_name in written:
        earlier = read_rows(env, token, model_name, {row.res_id for row in rows})
        outdated, rows = join(earlier, rows)
        if outdated:
            delete_rows(env, outdated)
    written.add(model_name)
    if rows:
        header = {
            "transaction": token,
            "user_id": uid,
            "date": fields.Datetime.to_string(env.cr.now()),
            "origin": source,
            "model": model_name,
            "model_id": env["ir.model"]._get_id(model_name),
        }
        insert_rows(env, header, rows)
