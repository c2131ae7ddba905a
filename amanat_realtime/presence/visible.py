"""Which places a person may know of: the same rule for who reports them, who asks for
them and who is told of them.
"""

from ..delivery.access_class import may_read_field
from ..delivery.readable import readable_now


def visible(model, lists):
    """Reduce lists of places in one model to what a person may know. Of a field that
    they may not read, they only learn that something is edited.

    :param BaseModel model: with the person as its user
    :param dict[Hashable, list[dict]] lists: read together, however many they are
    :rtype: dict[Hashable, list[dict]]
    """
    if not model.has_access("read"):
        return dict.fromkeys(lists, [])
    ids = {
        place["id"] for places in lists.values() for place in places if "id" in place
    }
    [readable] = readable_now([model], ids)
    return {
        key: [
            _without_hidden_field(model, place)
            for place in places
            if "id" not in place or place["id"] in readable
        ]
        for key, places in lists.items()
    }


def _without_hidden_field(model, place):
    if "field" not in place or may_read_field(model, place["field"]):
        return place
    return {k: v for k, v in place.items() if k not in ("field", "typing")}
