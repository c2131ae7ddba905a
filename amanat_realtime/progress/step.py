"""The thing that a program tells its progress to."""

import sys

from odoo.exceptions import UserError
from odoo.http import request
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..exceptions import ProgressCancelled
from . import pace, running
from .counters import Counters

# in the data of its hooks: which works hear of a rollback
_HOOKED = "amanat_realtime.hooked_works"


class Step:
    """Progress of one piece of work: ``amanat.realtime.progress.track`` makes it.

    :ivar int done: how many items are behind
    :ivar int total: how many there are; 0 if nobody knows
    :ivar bool cancelled: whether somebody asked to stop, and was heard
    """

    def __init__(self, cr, ledger, texts, total):
        """
        :param BaseCursor cr: of the work
        :param Ledger ledger:
        :param Texts texts: in the language of the user
        :param int total:
        """
        self.done = 0
        self.total = total
        self.cancelled = False
        self._cr = cr
        self._ledger = ledger
        self._texts = texts
        self._message = ""
        self._counters = Counters()
        self._pace = pace.Pace()
        self._n = 0
        self._state = None
        self._within_with = False

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    def __call__(self, amount=1, message=None, **counters):
        """Go on. It costs next to nothing, so call it for each item.

        :param int amount: of items that are done; 0 to tell something else
        :param str message: what is being done now, shown until there is another one
        :param counters: what became of how many items, as ``updated=1``
        :raise ProgressCancelled: somebody asked to stop
        """
        self.done += amount
        if message is not None:
            self._message = str(message)
        for key, count in counters.items():
            self._counters.add(key, count)
        if self._pace.is_due():
            self._tell()

    def skip(self, reason, amount=1):
        """Go on past items with which nothing is done. The work ends with a warning.

        :param str reason: a key of the labels, or words
        :param int amount: of items
        :raise ProgressCancelled: somebody asked to stop
        """
        self._counters.add(reason, amount, skipped=True)
        self(amount)

    def set_total(self, total):
        """Tell how many items there are, once it is known.

        :param int total:
        """
        self.total = total

    # ------------------------------------------------------------
    # Beginning and end
    # ------------------------------------------------------------

    def start(self):
        """Begin without ``with``, which code of server actions may not use. If the
        transaction is rolled back before :meth:`finish`, the work has failed.

        :return: itself
        """
        self._state = "running"
        running.enter(self._cr, self)
        self._send()
        return self

    def finish(self):
        """End well: with a warning, if something was skipped."""
        if self.cancelled:
            self._end("cancelled")
        else:
            self._end("warning" if self._counters.skipped else "done")
        # what is not stored was not done
        self._await_rollback()

    def __enter__(self):
        self._within_with = True
        return self.start()

    def __exit__(self, exc_type, exc, traceback):
        self._within_with = False
        if exc is None:
            self.finish()
        else:
            self._fail(exc)

    def _await_rollback(self):
        # forgotten at each commit
        hooked = self._cr.postrollback.data.setdefault(_HOOKED, set())
        if id(self) not in hooked:
            hooked.add(id(self))
            self._cr.postrollback.add(self._undo)

    def _undo(self):
        if not self._within_with and self._state in ("running", "done", "warning"):
            self._fail(sys.exc_info()[1])

    def _fail(self, exc):
        if isinstance(exc, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY) and request:
            # Odoo runs the request again, and this work with it
            running.leave(self._cr, self)
            self._state = "gone"
            self._ledger.withdraw()
        elif isinstance(exc, ProgressCancelled):
            self._end("cancelled")
        elif isinstance(exc, UserError):
            self._end("failed", str(exc))
        else:
            self._end("failed", self._texts.failed if exc else self._texts.undone)

    def _end(self, state, message=""):
        running.leave(self._cr, self)
        self._state = state
        # nothing is being done any more
        self._message = message
        self._save()

    # ------------------------------------------------------------
    # The row
    # ------------------------------------------------------------

    def _tell(self):
        if self._state != "running":
            return
        asked = self._send()
        for work in (*running.outer(self._cr, self), self):
            if work._ledger.id in asked and not work.cancelled:
                work.cancelled = True
                raise ProgressCancelled(work._texts.cancelled)

    def _send(self):
        if not self._within_with:
            self._await_rollback()
        begin = pace.clock()
        outer = running.outer(self._cr, self)
        asked = self._save([work._ledger.id for work in outer])
        self._pace.told(begin, asked is not None)
        return asked or set()

    def _save(self, outer_ids=()):
        self._n += 1
        values = {
            "n": self._n,
            "state": self._state,
            "done": self.done,
            "total": self.total,
            "message": self._message,
            "counters": self._counters.listed(self._texts.counter),
        }
        return self._ledger.save(values, outer_ids)
