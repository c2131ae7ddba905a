from odoo import api, fields, models
from odoo.tools import SQL

from ..presence.report import key_of

_COLUMNS = SQL(
    "p.user_id, p.tab, p.model, p.room, p.res_id, p.field_name, p.state, p.typing"
)
# seconds to wait for those who are just reporting
_LOCK_TIMEOUT = 5


class RealtimePresence(models.Model):
    """Where people are: one row per tab and record, or list.

    Rows are read and written in SQL. A tab touches its own rows only, so that people
    never wait for each other or run into serialization failures.

    One row of each tab, that of no model, holds the number of its last report, also for
    some time after it left: requests of a browser may overtake each other.
    """

    _name = "amanat.realtime.presence"
    _description = "Real-time: who is where"
    _log_access = False
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", required=True, ondelete="cascade", index=True
    )
    tab = fields.Char(required=True, help="One page load of a browser.")
    model = fields.Char(required=True)
    room = fields.Char(required=True, default="", help="Empty: the whole model.")
    res_id = fields.Integer("Record", required=True, help="0: the list of the model.")
    field_name = fields.Char("Field")
    state = fields.Selection(
        [("idle", "Idle"), ("viewing", "Viewing"), ("editing", "Editing")],
        required=True,
    )
    typing = fields.Boolean()
    number = fields.Integer("Last report")
    expires_at = fields.Datetime(required=True)

    # none on what every report changes, so that updates touch no index
    _tab_place_uniq = models.UniqueIndex("(tab, model, room, res_id)")
    _scope_index = models.Index("(model, room)")

    @api.model
    def _of_tab(self, tab):
        """Return whose a tab is, and where it was, as far as that has not expired.

        :param str tab:
        :return: ids of users, and places in the order of their keys
        :rtype: tuple[set[int], list[dict]]
        """
        rows = self.env.execute_query(
            SQL(
                """ SELECT %s, p.expires_at > now() AT TIME ZONE 'UTC'
                      FROM amanat_realtime_presence p WHERE p.tab = %s """,
                _COLUMNS,
                tab,
            )
        )
        places = [_place(row[2:8]) for row in rows if row[2] and row[8]]
        return {row[0] for row in rows}, sorted(places, key=key_of)

    @api.model
    def _replace(self, tab, number, places, ttl):
        """Store where a tab of the current user is, in one statement.

        :param str tab:
        :param int number: of the report
        :param list[dict] places: all of them, in the order of their keys
        :param int ttl: seconds until they expire
        :return: whether it was done: not if a later report came before
        :rtype: bool
        """
        # losing the last moments in a crash does no harm
        self.env.cr.execute("SET LOCAL synchronous_commit = off")
        done = self.env.execute_query(
            SQL(
                """ WITH news AS (
                        INSERT INTO amanat_realtime_presence AS p (
                               user_id, tab, model, room, res_id, state, number,
                               expires_at)
                        VALUES (%(uid)s, %(tab)s, '', '', 0, 'idle', %(number)s,
                                now() AT TIME ZONE 'UTC'
                                + make_interval(secs => %(ttl)s))
                   ON CONFLICT (tab, model, room, res_id) DO UPDATE
                           SET number = EXCLUDED.number,
                               expires_at = EXCLUDED.expires_at
                         WHERE p.user_id = EXCLUDED.user_id
                           AND p.number < EXCLUDED.number
                     RETURNING p.id),
                    kept AS (
                        INSERT INTO amanat_realtime_presence AS p (
                               user_id, tab, model, room, res_id, field_name, state,
                               typing, expires_at)
                        SELECT %(uid)s, %(tab)s, place.*,
                               now() AT TIME ZONE 'UTC' + make_interval(secs => %(ttl)s)
                          FROM unnest(%(models)s::text[], %(rooms)s::text[],
                                      %(ids)s::int[], %(fields)s::text[],
                                      %(states)s::text[], %(typing)s::bool[]) place
                         WHERE EXISTS (SELECT FROM news)
                   ON CONFLICT (tab, model, room, res_id) DO UPDATE
                           SET field_name = EXCLUDED.field_name,
                               state = EXCLUDED.state,
                               typing = EXCLUDED.typing,
                               expires_at = EXCLUDED.expires_at
                         WHERE p.user_id = EXCLUDED.user_id
                     RETURNING p.id),
                    gone AS (
                        DELETE FROM amanat_realtime_presence
                         WHERE tab = %(tab)s AND user_id = %(uid)s AND model != ''
                           AND EXISTS (SELECT FROM news)
                           AND id NOT IN (SELECT id FROM kept))
                    SELECT id FROM news """,
                uid=self.env.uid,
                tab=tab,
                number=number,
                ttl=ttl,
                models=[place["model"] for place in places],
                rooms=[place.get("room", "") for place in places],
                ids=[place.get("id", 0) for place in places],
                fields=[place.get("field") for place in places],
                states=[place["state"] for place in places],
                typing=[place.get("typing", False) for place in places],
            )
        )
        return bool(done)

    @api.model
    def _of_others(self, scopes):
        """Return who else is in models or rooms, rights not checked.

        :param Iterable[tuple[str, str]] scopes: see ``report.scope_of``
        :return: user, tab and place
        :rtype: list[tuple[int, str, dict]]
        """
        if not scopes:
            return []
        self.env["res.users"].flush_model(["active", "amanat_realtime_hidden"])
        rows = self.env.execute_query(
            SQL(
                """ SELECT %s FROM amanat_realtime_presence p
                      JOIN res_users u ON u.id = p.user_id
                     WHERE (p.model, p.room) IN %s
                       AND p.expires_at > now() AT TIME ZONE 'UTC'
                       AND p.user_id != %s
                       AND u.active AND u.amanat_realtime_hidden IS NOT TRUE
                     ORDER BY p.id """,
                _COLUMNS,
                tuple(scopes),
                self.env.uid,
            )
        )
        return [(row[0], row[1], _place(row[2:])) for row in rows]

    @api.model
    def _remove(self, user_ids, model_names, everywhere):
        """Delete rows of people or of models. Must come first in its transaction.

        :param set[int] user_ids:
        :param set[str] model_names:
        :param bool everywhere: all of them
        :return: user, tab and place
        :rtype: list[tuple[int, str, dict]]
        """
        self.env.cr.execute(SQL("SET LOCAL lock_timeout = %s", f"{_LOCK_TIMEOUT}s"))
        # takes no snapshot: the next statement sees all that was written until now
        self.env.cr.execute(
            "LOCK TABLE amanat_realtime_presence IN SHARE ROW EXCLUSIVE MODE"
        )
        rows = self.env.execute_query(
            SQL(
                """ DELETE FROM amanat_realtime_presence p
                     WHERE p.user_id = ANY(%s) OR p.model = ANY(%s) OR %s
                 RETURNING %s """,
                list(user_ids),
                list(model_names),
                everywhere,
                _COLUMNS,
            )
        )
        return [(row[0], row[1], _place(row[2:])) for row in rows if row[2]]

    @api.autovacuum
    def _gc_presence(self):
        self.env.cr.execute(
            """ DELETE FROM amanat_realtime_presence WHERE id IN (
                    SELECT id FROM amanat_realtime_presence
                     WHERE expires_at < now() AT TIME ZONE 'UTC'
                       FOR UPDATE SKIP LOCKED) """
        )


def _place(columns):
    model, room, res_id, field_name, state, typing = columns
    place = {"model": model, "state": state}
    if room:
        place["room"] = room
    if res_id:
        place["id"] = res_id
    if field_name:
        place["field"] = field_name
    if typing:
        place["typing"] = True
    return place
