"""How values of a field are compared: one kind per type of field."""

from .kind import Structure
from .kinds_date import DateKind, DatetimeKind
from .kinds_number import FloatKind, IntegerKind, MonetaryKind
from .kinds_relation import (
    Many2manyKind,
    Many2oneKind,
    Many2oneReferenceKind,
    ReferenceKind,
)
from .kinds_text import BinaryKind, BooleanKind, HtmlKind, SelectionKind, TextKind
from .properties import PropertiesKind

_KINDS = {
    "binary": BinaryKind(),
    "boolean": BooleanKind(),
    "char": TextKind(),
    "date": DateKind(),
    "datetime": DatetimeKind(),
    "float": FloatKind(),
    "html": HtmlKind(),
    "image": BinaryKind(),
    "integer": IntegerKind(),
    "many2many": Many2manyKind(),
    "many2one": Many2oneKind(),
    "many2one_reference": Many2oneReferenceKind(),
    "monetary": MonetaryKind(),
    "properties": PropertiesKind(),
    "reference": ReferenceKind(),
    "selection": SelectionKind(),
    "text": TextKind(),
}
_STRUCTURE = Structure()


def kind_of(field):
    """Return how values of a field are compared; a one2many has no kind, its lines are
    compared one by one.

    :param Field field:
    :rtype: Kind
    """
    return _KINDS.get(field.type, _STRUCTURE)
