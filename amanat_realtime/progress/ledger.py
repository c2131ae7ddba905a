"""The row of a piece of work, and the messages about it."""

import logging

from ..recording.publish import insert_row
from ..wire import PROGRESS, VERSION, timestamp
from .outside import run_outside
from .state import state_of

_logger = logging.getLogger(__name__)
MODEL = "amanat.realtime.progress"


class Ledger:
    """Stores and tells how far a piece of work is, outside of its transaction. A
    failure is logged once and is nobody else's.

    :ivar int id: of the row; ``None`` as long as there is none
    """

    def __init__(self, registry, values, channels):
        """
        :param Registry registry:
        :param dict values: of the new row
        :param dict channels: ``{id of user: channel}`` of those who are told
        """
        self.id = None
        self._registry = registry
        self._values = values
        self._channels = channels
        self._complained = False

    def save(self, values, outer_ids=()):
        """Store and tell new values.

        :param dict values:
        :param Iterable[int] outer_ids: rows of works that this one is a part of: they
            live as long as it does
        :return: ids of the works, of this and the outer ones, that somebody asked to
            cancel; ``None`` if it could not be stored
        :rtype: set[int] | None
        """
        saved = self._outside(lambda env: self._save(env, values, outer_ids))
        if saved is None:
            return None
        self.id, cancelled = saved
        return cancelled

    def _save(self, env, values, outer_ids):
        Model = env[MODEL]
        now = env.cr.now()
        values = {**values, "seen_at": now}
        row = Model.browse(self.id or ()).exists()
        if row:
            row.write(values)
        elif not self.id:
            row = Model.create({**self._values, **values, "started_at": now})
        outer = Model.browse(filter(None, outer_ids)).exists()
        outer.write({"seen_at": now})
        if row:
            self._tell(env, state_of(row))
        asked = (row + outer).filtered("cancel_requested")
        return row.id or self.id, set(asked.ids)

    def _tell(self, env, state):
        content = {
            "v": VERSION,
            "model": MODEL,
            "at": timestamp(env.cr.now()),
            "progress": state,
        }
        for uid, channel in self._channels.items():
            insert_row(env, channel, PROGRESS, {**content, "to": uid})

    def withdraw(self):
        """Take back that there ever was such a work."""

        def forget(env):
            row = env[MODEL].browse(self.id or ()).exists()
            if row:
                self._tell(env, {**state_of(row), "n": row.n + 1, "state": "gone"})
                row.unlink()

        self._outside(forget)

    def _outside(self, write):
        try:
            return run_outside(self._registry, write)
        except Exception:
            if not self._complained:
                self._complained = True
                _logger.exception("Could not tell of progress: %s", self._values)
            return None
