"""What access rules look at, in the form in which it travels beside a change."""

from .columns import is_plain, is_relation, read_columns, read_relation, to_json


def stored_values(records, names):
    """Read the stored values of fields that are the same for every reader.

    :param BaseModel records:
    :param Iterable[str] names: others are left out
    :return: ``{id: {field: value}}`` in JSON form (relations: ids), of those records
        that exist
    :rtype: dict[int, dict]
    """
    fields = [records._fields[name] for name in sorted(names)]
    columns = [field.name for field in fields if is_plain(field)]
    values = {
        id_: {name: to_json(records._fields[name], row[name]) for name in columns}
        for id_, row in read_columns(records, records._ids, ["id", *columns]).items()
    }
    for field in fields:
        if is_relation(field):
            for id_, linked in read_relation(records, values, field.name).items():
                values[id_][field.name] = sorted(linked)
    return values


def note_path(others, records, path):
    """Keep the values that a rule finds over a path of many2one fields: the records on
    the way may be deleted together with these.

    :param dict others: ``{model: {id: {field: value}}}``, to be filled
    :param BaseModel records:
    :param list[str] path: names of fields
    """
    name, *rest = path
    field = records._fields.get(name)
    if not rest or not field or field.type != "many2one" or not is_plain(field):
        return
    linked = {v[name] for v in read_columns(records, records._ids, [name]).values()}
    corecords = records.env[field.comodel_name].browse(sorted(linked - {None}))
    if corecords and rest[0] in corecords._fields:
        known = others.setdefault(corecords._name, {})
        for id_, values in stored_values(corecords, [rest[0]]).items():
            known.setdefault(id_, {}).update(values)
        note_path(others, corecords, rest)
