"""Files are not looked into: how large they are, and whether they are the same."""

from odoo.tools import SQL


def read_sizes(model, ids, name):
    """Read what can be said of a binary field.

    :param BaseModel model:
    :param Iterable[int] ids:
    :param str name: of a stored binary field
    :return: ``{id: (size in bytes, checksum)}``, for all the ids; ``(0, None)`` without
        a file
    :rtype: dict[int, tuple[int, str | None]]
    """
    sizes = dict.fromkeys(ids, (0, None))
    if not sizes:
        return sizes
    if model._fields[name].attachment:
        query = SQL(
            """ SELECT res_id, file_size, checksum FROM ir_attachment
                 WHERE res_model = %s AND res_field = %s AND res_id IN %s """,
            model._name,
            name,
            tuple(sizes),
        )
    else:
        query = SQL(
            """ SELECT id, octet_length(%(column)s), md5(%(column)s) FROM %(table)s
                 WHERE %(column)s IS NOT NULL AND id IN %(ids)s """,
            column=SQL.identifier(name),
            table=SQL.identifier(model._table),
            ids=tuple(sizes),
        )
    for id_, size, checksum in model.env.execute_query(query):
        sizes[id_] = (size or 0, checksum)
    return sizes
