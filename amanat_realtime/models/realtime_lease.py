import time

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL, config

from ..recording.audience import note_covered
from ..recording.guard import never_break
from ..recording.lease_cache import lease_cache
from ..recording.refresh import publish_refresh

# A socket authorises its channels again when it reconnects, at the latest after one and
# a half of this time (`TimeoutManager` of the bus). A lease that is renewed at half of
# its life outlasts it.
LEASE_SECONDS = 4 * max(3600, int(config["websocket_keep_alive_timeout"]))
WATCHED = "amanat_realtime.watched"
# sets these advisory locks apart from others; any number will do
_LOCK_CLASS = 0x616D6174


class _Memo:
    """What a transaction has looked up.

    :ivar int grants: how many leases the process had granted
    :ivar dict known: ``{model name: whether somebody watches it}``
    :ivar float began: ``time.monotonic()`` at the begin of the transaction
    """

    __slots__ = ("began", "grants", "known")

    def __init__(self, grants):
        self.grants = grants
        self.known = {}
        self.began = 0


class RealtimeLease(models.Model):
    """Which models somebody watches: the others need no messages.

    The id of a lease is the id of the model in ``ir.model``, so that the question costs
    one primary-key lookup per transaction.
    """

    _name = "amanat.realtime.lease"
    _description = "Real-time: watched model"
    _log_access = False

    expires_at = fields.Datetime(required=True)

    @api.model
    def _grant(self, model_names, wait=True):
        """Keep messages about models coming for the next hours.

        Whoever is the first to watch a model is told to read it again: what others
        committed since their first read, not knowing of a watcher, was not told.

        :param Iterable[str] model_names:
        :param bool wait: until others who are just doing so have committed; else they
            are trusted to
        """
        names = self._ids_of(model_names)
        if not names:
            return
        # most often nothing is to be written, so that subscribers do not meet here
        due = dict(
            self.env.execute_query(
                SQL(
                    """ SELECT wanted.id, COALESCE(lease.expires_at > now.utc, FALSE)
                          FROM unnest(%s) AS wanted(id)
                    CROSS JOIN (SELECT now() AT TIME ZONE 'UTC' AS utc) now
                     LEFT JOIN amanat_realtime_lease lease ON lease.id = wanted.id
                         WHERE lease.id IS NULL OR lease.expires_at <= now.utc + %s
                      ORDER BY wanted.id """,
                    list(names),
                    _interval(LEASE_SECONDS / 2),
                )
            )
        )
        written = self._insert(list(due), wait) if due else ()
        if written:
            cache = lease_cache(self.pool)
            # this transaction asks again, and so do tests that share it
            cache.granted()
            # what others looked up meanwhile
            self.env.cr.postcommit.add(cache.granted)
            self._tell_first_watchers(names[id_] for id_ in written if not due[id_])

    def _tell_first_watchers(self, model_names):
        # whoever subscribes a moment later looks back, and finds it
        with (
            never_break("have the first watchers of a model read again"),
            self.env.cr.savepoint(flush=False),
        ):
            names = set(model_names)
            publish_refresh(self.env, names)
            # what this very transaction has changed is told with it
            note_covered(self.env, names)

    def _insert(self, ids, wait):
        """Write leases.

        :return: ids of those that were written, and not by somebody else
        :rtype: list[int]
        """
        insert = SQL(
            """ INSERT INTO amanat_realtime_lease (id, expires_at)
                SELECT id, now() AT TIME ZONE 'UTC' + %s FROM unnest(%s) AS missing(id)
                 WHERE pg_try_advisory_xact_lock(%s, id) OR %s
           ON CONFLICT (id) DO UPDATE SET expires_at = EXCLUDED.expires_at
             RETURNING id """,
            _interval(LEASE_SECONDS),
            ids,
            _LOCK_CLASS,
            wait,
        )
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(insert, log_exceptions=False)
                return [id_ for (id_,) in self.env.cr.fetchall()]
        except SerializationFailure:
            if len(ids) > 1:
                # of one of them
                return [i for id_ in ids for i in self._insert([id_], wait)]
            # they have done so since this transaction began
            return []

    @api.model
    def _watched(self, model_names):
        """Return those models that somebody watches, as far as this transaction sees.

        :param Iterable[str] model_names:
        :rtype: set[str]
        """
        return self._watched_since(model_names)[0]

    @api.model
    def _watched_since(self, model_names):
        """
        :param Iterable[str] model_names:
        :return: what :meth:`_watched` does, and the ``time.monotonic()`` of which it is
            true: that at which the transaction began
        :rtype: tuple[set[str], float]
        """
        grants = lease_cache(self.pool).grants
        data = self.env.cr.postcommit.data
        memo = data.get(WATCHED)
        if memo is None or memo.grants != grants:
            memo = data[WATCHED] = _Memo(grants)
        unknown = set(model_names) - memo.known.keys()
        if unknown:
            self._look_up(unknown, memo)
        return {name for name in model_names if memo.known[name]}, memo.began

    def _look_up(self, model_names, memo):
        names = self._ids_of(model_names)
        found, age = [], 0
        if names:
            query = SQL(
                """ SELECT ARRAY(SELECT id FROM amanat_realtime_lease
                                  WHERE id IN %s
                                    AND expires_at > now() AT TIME ZONE 'UTC'),
                           date_part('epoch', clock_timestamp() - now()) """,
                tuple(names),
            )
            [[found, age]] = self.env.execute_query(query)
        memo.began = time.monotonic() - age
        memo.known.update(dict.fromkeys(model_names, False))
        memo.known.update((names[id_], True) for id_ in found)

    def _ids_of(self, model_names):
        IrModel = self.env["ir.model"]
        ids = {IrModel._get_id(name): name for name in model_names}
        return {id_: name for id_, name in ids.items() if id_}

    @api.autovacuum
    def _gc_leases(self):
        self.env.cr.execute(
            "DELETE FROM amanat_realtime_lease "
            "WHERE expires_at < now() AT TIME ZONE 'UTC'"
        )


def _interval(seconds):
    return SQL("make_interval(secs => %s)", seconds)
