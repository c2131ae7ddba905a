"""Comparing moments."""

import re
from datetime import date, datetime, time

from odoo import fields

from .kind import Kind

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_DATETIME = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(\.\d{1,6})?)?\Z", re.ASCII
)


class DateKind(Kind):
    def base(self, field, raw):
        if raw is None or raw is False:
            return None
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        if not isinstance(raw, str) or not _DATE.match(raw):
            raise TypeError("not a date")
        return date.fromisoformat(raw)

    def mine(self, field, record, value, base):
        return fields.Date.to_date(value) or None


class DatetimeKind(Kind):
    """Compared to the microsecond, but to the second where the browser does not know
    more: it is given no fractions, and could not show a person the difference.
    """

    def base(self, field, raw):
        """
        :return: ``(moment, whether it is known to the microsecond)``
        """
        if raw is None or raw is False:
            return None, True
        if isinstance(raw, datetime):
            if raw.tzinfo:
                raise ValueError("not a naive datetime")
            return raw, True
        if isinstance(raw, date):
            return datetime.combine(raw, time.min), True
        match = _DATETIME.match(raw) if isinstance(raw, str) else None
        if not match:
            raise TypeError("not a datetime")
        day, clock, fraction = match.groups()
        moment = datetime.fromisoformat(f"{day} {clock or '00:00:00'}")
        if fraction:
            moment = moment.replace(microsecond=int(fraction[1:].ljust(6, "0")))
        return moment, bool(fraction)

    def same(self, field, record, stored, other):
        moment, exact = other
        there = stored[0]
        if there and moment and not exact:
            there = there.replace(microsecond=0)
        return there == moment
