"""Lines of a one2many, and linked records of a many2many that are edited in a list:
each is compared by its own id and fields.
"""

from odoo import Command

from .found import Conflict, is_unchanged
from .kinds_relation import commands_of
from .references import parts_of


def check_lines(checker, root, path, record, field, value, base):
    """Compare the lines that are about to be changed or deleted. Linked records of a
    many2many are compared where they are changed; which of them are linked is not.

    :param Checker checker: takes the conflicts
    :param BaseModel root: the saved record
    :param tuple path: from there to ``record``
    :param BaseModel record: the one that has the lines
    :param Field field: the one2many or many2many
    :param value: in the format of ``write``
    :param dict base: ``{line id: {field: base}}``
    :return: what to write instead; lines that others deleted as well are left out
    """
    try:
        commands = commands_of(value)
    except TypeError:
        # Odoo will say what is wrong with it
        return value
    updates, removed = read_commands(commands, base)
    if field.type == "many2many":
        base, removed = {id_: base[id_] for id_ in updates}, set()
    gone, adjusted = set(), {}
    lines = record.env[field.comodel_name].browse(base)
    here = _lines_of(record, field, lines, checker.existing[lines._name])
    # a line that is gone, or elsewhere now, tells nothing of itself
    here.check_access("read")
    for line in lines:
        step = (*path, (field.name, line.id))
        if line not in here:
            gone.add(line.id)
            if line.id in updates and line.id not in removed:
                vals, was = updates[line.id], base[line.id]
                checker.conflicts.append(Conflict(root, step, line, None, was, vals))
        elif line.id in removed:
            _check_removed(checker, root, step, line, base[line.id])
        elif line.id in updates:
            vals = updates[line.id]
            new = checker.check_values(root, step, line, vals, base[line.id])
            adjusted[line.id] = {k: v for k, v in new.items() if v is not vals[k]}
    return _adjust(value, commands, gone - (updates.keys() - removed), adjusted)


def read_commands(commands, base):
    """Return what commands do to the lines that have a base.

    :return: ``({line id: values}, ids of deleted lines)``
    :rtype: tuple[dict[int, dict], set[int]]
    """
    updates, removed = {}, set()
    for command in commands:
        code, target, content = parts_of(command)
        if code == Command.UPDATE and target in base:
            if isinstance(content, dict):
                updates.setdefault(target, {}).update(content)
        elif code in (Command.DELETE, Command.UNLINK) and target in base:
            removed.add(target)
        elif code == Command.CLEAR:
            removed |= base.keys()
        elif code == Command.SET and isinstance(content, (list, tuple)):
            removed |= {line_id for line_id in base if line_id not in content}
    return updates, removed


def _lines_of(record, field, lines, existing):
    """Return those lines that still belong to a record. Those of a computed one2many,
    which has no inverse, are taken to belong to it as long as they exist, and so are
    the linked records of a many2many.
    """
    lines = lines.filtered(lambda line: line.id in existing)
    # whose lines they are is not told, only compared
    record = record.sudo()
    while field.related:
        record, field = field.traverse_related(record)
    if field.type == "many2many" or not field.inverse_name:
        return lines
    inverse = lines._fields[field.inverse_name]
    readable = lines.sudo()
    readable.invalidate_recordset([inverse.name], flush=False)
    if inverse.type == "many2one_reference":
        readable = readable.filtered(
            lambda line: line[inverse.model_field] == record._name
            and line[inverse.name] == record.id
        )
    else:
        readable = readable.filtered(lambda line: line[inverse.name].id == record.id)
    return lines.browse(readable._ids)


def _check_removed(checker, root, path, line, base):
    """Find what others changed in a line that is about to be deleted."""
    for name, was in base.items():
        field = line._fields[name]
        if field.type != "one2many":
            if not is_unchanged(line, field, was):
                checker.conflicts.append(
                    Conflict(root, path, line, field, was, None, removed=True)
                )
            continue
        below = line.env[field.comodel_name].browse(was)
        below = _lines_of(line, field, below, checker.existing[below._name])
        below.check_access("read")
        for sub in below:
            step = (*path, (name, sub.id))
            _check_removed(checker, root, step, sub, was[sub.id])


def _adjust(value, commands, drop, adjusted):
    """Return the commands without what would fail, and with merged values."""
    if not drop and not any(adjusted.values()):
        return value
    result = []
    for command in commands:
        code, target, content = parts_of(command)
        if target in drop and code in (
            Command.UPDATE,
            Command.DELETE,
            Command.UNLINK,
            Command.LINK,
        ):
            continue
        if code == Command.UPDATE and adjusted.get(target):
            new = {k: adjusted[target].get(k, v) for k, v in content.items()}
            command = Command.update(target, new)
        elif code == Command.SET and isinstance(content, (list, tuple)):
            command = Command.set([i for i in content if i not in drop])
        result.append(command)
    return result
