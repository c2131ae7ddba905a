"""From what a program sends to a person to what that person may know of it."""

from .access_class import may_read_field
from .readable import readable_now


def addressed(model, row):
    """Return the records that the recipient may read, without the fields that they may
    not read. What is no field is what the program wants to tell.

    :param BaseModel model: with the recipient as its user
    :param dict row: content of the row
    :rtype: dict
    """
    ids = {values["id"] for values in row["records"] if "id" in values}
    [readable] = readable_now([model], ids)
    records = [
        {name: value for name, value in values.items() if _may_know(model, name)}
        for values in row["records"]
        if "id" not in values or values["id"] in readable
    ]
    if row["records"] and not records:
        return {}
    told = {
        "action": row["action"],
        "ids": [values["id"] for values in records if "id" in values],
        "records": records,
        "fields": [name for name in row["fields"] if _may_know(model, name)],
    }
    return {key: value for key, value in told.items() if value}


def _may_know(model, name):
    return name not in model._fields or may_read_field(model, name)
