"""How long the audit is kept."""

from odoo.tools import SQL

PARAMETER = "amanat_realtime.audit_days"
DEFAULT_DAYS = 365
BATCH = 10_000


def kept_days(env):
    """Return for how many days rows are kept; 0 is for ever.

    :rtype: int
    """
    value = env["ir.config_parameter"].sudo().get_param(PARAMETER)
    try:
        return max(0, int(value)) if value else DEFAULT_DAYS
    except ValueError:
        # nobody meant to lose anything
        return 0


def vacuum(env):
    """Remove some of the rows that are too old.

    :return: how many were removed, and whether there are more, for ``api.autovacuum``
    :rtype: tuple[int, int]
    """
    days = kept_days(env)
    if not days:
        return 0, 0
    env.cr.execute(
        SQL(
            """ DELETE FROM amanat_activity WHERE id IN (
                    SELECT id FROM amanat_activity
                     WHERE date < now() AT TIME ZONE 'UTC' - make_interval(days => %s)
                  ORDER BY date LIMIT %s) """,
            days,
            BATCH,
        )
    )
    return env.cr.rowcount, int(env.cr.rowcount == BATCH)
