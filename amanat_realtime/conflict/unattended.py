"""Saves that nobody can answer for: what conflicts is kept as a draft."""

import json

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import json_default

from .check import Checker
from .kinds_relation import commands_of


def save_or_keep(record, vals, base, save):
    """Save what does not conflict, and keep the rest for the person. What cannot be
    saved at all (the record is gone, a constraint) is kept as well.

    :param BaseModel record: one record; need not exist
    :param dict vals:
    :param dict base: as :func:`read_base` returns it
    :param Callable[[dict], Any] save: writes values
    :raise AccessError: if the record may not be read
    """
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
        except (UserError, RedirectWarning, IntegrityError):
            mine, kept_base = vals, own.get(record.id, {})
    if mine:
        drafts = record.env["amanat.realtime.draft"]
        drafts._keep(record, _json(mine), _json(kept_base))


def split(vals, base, conflicts):
    """Divide values into those that can be written and the others. Of a one2many, only
    the commands of the lines in conflict are left out.

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
            kept_base[name] = {i: base[name][i] for i in sorted(lines[name])}
            if others:
                rest[name] = others
        else:
            rest[name] = value
    return rest, mine, kept_base


def _split_commands(value, line_ids):
    """Return the commands that concern some lines, and the others."""
    ours, others = [], []
    for command in commands_of(value):
        code = command[0] if isinstance(command, (list, tuple)) and command else None
        if code in (Command.CLEAR, Command.SET):
            # they concern all lines
            return commands_of(value), []
        target = command[1] if code is not None and len(command) > 1 else None
        concerned = code != Command.CREATE and target in line_ids
        (ours if concerned else others).append(command)
    return ours, others


def _json(value):
    return json.loads(json.dumps(value, default=json_default))
