"""Where Test Robot may be."""

from .records import MODEL

LIST = {"model": MODEL, "state": "viewing"}
TYPING = {"state": "editing", "field": "quantity", "typing": True}
#: where → its place, which is completed by the id of a record unless it is the list
PLACES = {"list": LIST, "record": LIST, "field": LIST | TYPING}
GONE = "gone"


def places_at(where, record_id):
    """Return the places of a tab, as a browser would report them.

    :param str where: see :data:`PLACES`; ``"gone"`` is nowhere
    :param int record_id: unused in the list
    :rtype: list[dict]
    :raise ValueError: if there is no such place
    """
    if where == GONE:
        return []
    if not isinstance(where, str) or where not in PLACES:
        raise ValueError("the place is unknown")
    of_record = {} if where == "list" else {"id": record_id}
    return [PLACES[where] | of_record]
