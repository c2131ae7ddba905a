"""Errors that others may catch."""

from odoo.exceptions import UserError


class RealtimeThrottledError(UserError):
    """A session reports its presence too often; it may go on in a second."""


class ProgressCancelled(UserError):
    """Somebody asked a piece of work to stop. Caught inside of it, what was done so far
    can be kept.
    """


class RealtimeConflictError(UserError):
    """Somebody else changed what is about to be saved; nothing was written.

    :ivar list[dict] conflicts: for each value ``{"id", "path", "field", "label",
        "type", "base", "mine", "theirs", "by", "at"}``, values in ``web_read`` format.
        ``path`` leads from the saved record to a line, ``[["line_ids", 12]]``. A line
        that is gone has ``"deleted": True`` and no field; of a line that is to be
        deleted, what others changed has ``"removed": True``.
    :ivar dict context: what the browser gets, as ``error.data.context``
    """

    def __init__(self, message, model_name, conflicts):
        super().__init__(message)
        self.conflicts = conflicts
        self.context = {"model": model_name, "conflicts": conflicts}
