"""Comparing numbers."""

import math

from odoo.tools import float_compare

from .kind import Kind


class IntegerKind(Kind):
    def base(self, field, raw):
        if raw is None or raw is False:
            return 0
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            raise TypeError("not a number")
        if not math.isfinite(raw) or raw != int(raw):
            raise ValueError("not an integer")
        return int(raw)

    def mine(self, field, record, value, base):
        return int(value or 0)


class FloatKind(Kind):
    """Compared by the digits of the field; exactly if it has none."""

    def base(self, field, raw):
        if raw is None or raw is False:
            return 0.0
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            raise TypeError("not a number")
        if not math.isfinite(raw):
            raise ValueError("not a finite number")
        return float(raw)

    def mine(self, field, record, value, base):
        return float(value or 0.0)

    def same(self, field, record, stored, other):
        digits = field.get_digits(record.env)
        if not digits:
            return stored == other
        return float_compare(stored, other, precision_digits=digits[1]) == 0


class MonetaryKind(FloatKind):
    """Compared by the rounding of the record's currency; exactly without one."""

    def same(self, field, record, stored, other):
        # as Odoo does where it rounds what is written
        name = field.get_currency_field(record)
        currency = record.sudo().with_context(prefetch_fields=False)[name]
        if not currency:
            return stored == other
        return currency.compare_amounts(stored, other) == 0
