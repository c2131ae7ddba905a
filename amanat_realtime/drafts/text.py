from odoo import Command
from odoo.tools import html2plaintext

from .readable import readable_value


def draft_text(record, name, mine, base):
    """Return what was kept as a person would read it, never markup.

    :param Model record: an empty one if it was deleted
    :rtype: str
    """
    field = record._fields.get(name)
    if field is None:
        return str(mine)
    value = readable_value(record, name, mine, base)
    return _text(record, field, value) if value or value == 0 else ""


def _text(record, field, value):
    if value is False and field.type != "boolean":
        return ""
    if field.type == "boolean":
        return record.env._("Yes") if value else record.env._("No")
    if field.type == "selection":
        options = dict(field._description_selection(record.env))
        return str(options.get(value, value))
    if field.type == "html":
        return html2plaintext(value)
    if field.type == "binary":
        return record.env._("File")
    if isinstance(value, dict):
        return str(value.get("display_name") or "")
    if field.type in ("one2many", "many2many"):
        comodel = record.env[field.comodel_name]
        return ", ".join(filter(None, (_item_text(comodel, item) for item in value)))
    return str(value)


def _item_text(comodel, item):
    if isinstance(item, dict):
        return item["display_name"]
    if item[0] in (Command.DELETE, Command.UNLINK):
        return comodel.env._("line %(id)s removed", id=item[1])
    if item[0] not in (Command.CREATE, Command.UPDATE):
        return ""
    fields = comodel._fields
    values = "; ".join(
        f"{fields[name]._description_string(comodel.env)}: "
        f"{_text(comodel, fields[name], value)}"
        for name, value in item[2].items()
    )
    if item[0] == Command.CREATE:
        return comodel.env._("new line (%(values)s)", values=values)
    return comodel.env._("line %(id)s (%(values)s)", id=item[1], values=values)
