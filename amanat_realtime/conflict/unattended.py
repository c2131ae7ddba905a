"""Saves that nobody can answer for: what conflicts is kept as a draft."""

from psycopg2 import DataError, IntegrityError

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError

from .check import Checker
from .kinds_relation import commands_of
from .references import parts_of

# how Odoo and PostgreSQL refuse values
_REFUSALS = (
    UserError,
    RedirectWarning,
    DataError,
    IntegrityError,
    OverflowError,
    TypeError,
    ValueError,
)


def save_or_keep(record, vals, base, save):
    """Save what does not conflict, and keep the rest for the person. What cannot be
    saved at all (the record is gone, a constraint) is kept as well.

    :param BaseModel record: one record; need not exist
    :param dict vals:
    :param dict base: as :func:`read_base` returns it
    :param Callable[[dict], Any] save: writes values
    :raise AccessError: if the record may not be read; if no record of its model may be
        read, or written
    """
    for operation in ("read", "write"):
        record.browse().check_access(operation)
    own = {record.id: base[record.id]} if record.id in base else {}
    rest, mine, kept_base = {}, vals, own.get(record.id, {})
    if record.exists():
        checker = Checker(record, own)
        checked = checker.check(record, vals)
        rest, mine, kept_base = split(checked, kept_base, checker.conflicts)
    if rest:
        try:
            with record.env.cr.savepoint():
                save(rest)
        except _REFUSALS:
            mine, kept_base = vals, own.get(record.id, {})
    if mine:
        record.env["amanat.realtime.draft"]._keep(record, mine, kept_base)


def split(vals, base, conflicts):
    """Divide values into those that can be written and the others. Of a one2many or a
    many2many, only the commands of the lines in conflict are left out.

    :param dict vals:
    :param dict base: ``{field: base}``
    :param list[Conflict] conflicts: of this record
    :return: ``(values to write, values to keep, bases of those)``
    :rtype: tuple[dict, dict, dict]
    """
    whole, lines = set(), {}
    for conflict in conflicts:
        if conflict.path:
            name, line_id = conflict.path[0]
            lines.setdefault(name, set()).add(line_id)
        else:
            whole.add(conflict.field.name)
    rest, mine, kept_base = {}, {}, {}
    for name, value in vals.items():
        if name in whole:
            mine[name], kept_base[name] = value, base[name]
        elif name in lines:
            ours, others = _split_commands(value, lines[name])
            mine[name] = ours
            kept_base[name] = _base_of(base[name], lines[name])
            if others:
                rest[name] = others
        else:
            rest[name] = value
    return rest, mine, kept_base


def _base_of(base, line_ids):
    if isinstance(base, dict):
        return {line_id: base[line_id] for line_id in sorted(line_ids)}
    # which records were linked is the base of a many2many too
    return base


def _split_commands(value, line_ids):
    """Return the commands that concern some lines, and the others."""
    ours, others = [], []
    for command in commands_of(value):
        code, target, _content = parts_of(command)
        if code in (Command.CLEAR, Command.SET):
            # they concern all lines
            return commands_of(value), []
        concerned = code != Command.CREATE and target in line_ids
        (ours if concerned else others).append(command)
    return ours, others
