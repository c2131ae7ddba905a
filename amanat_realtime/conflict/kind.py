"""What all kinds of values have in common."""

import json

from odoo.tools import json_default


def json_form(value):
    """Return a value as browsers get it: tuples and dates have no form of their own."""
    return json.loads(json.dumps(value, default=json_default))


class Kind:
    """Brings the three values of a field into one form, in which they are compared."""

    def base(self, field, raw):
        """Return what the person started from.

        :param Field field:
        :param raw: as it was sent, in ``web_read`` format
        :raise TypeError, ValueError: if it is not a value of such a field
        """
        raise NotImplementedError

    def stored(self, field, record):
        """Return what the record holds now, read with the rights of its user."""
        return self.base(field, record[field.name])

    def mine(self, field, record, value, base):
        """Return what the record would hold after the save.

        :param value: in the format of ``write``
        :param base: what :meth:`base` returned
        :raise TypeError, ValueError: if it cannot be written
        """
        return self.base(field, value)

    def same(self, field, record, stored, other):
        """Whether the stored value and another one, in the form of this class, are the
        same for a person.

        :rtype: bool
        """
        return stored == other


class Structure(Kind):
    """Anything that is JSON: equal if it is equal all the way down."""

    def base(self, field, raw):
        return json_form(raw) or None
