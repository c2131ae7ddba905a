"""Promise: while a tab reports, others are told where its person is, and only then;
how many people there are costs no query.
"""

from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, tagged

from .presence_common import MODEL, PresenceMixin, numbers, place, tab_of


@tagged("post_install", "-at_install")
class TestPresence(PresenceMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan = cls.new_user("rt_ivan", name="Ivan")
        cls.maria = cls.new_user("rt_maria", name="Maria")
        cls.record = cls.env[MODEL].create({"name": "One"})

    def expire(self):
        self.env.cr.execute(
            "UPDATE amanat_realtime_presence "
            "SET expires_at = expires_at - interval '1h'"
        )

    def test_joining_shows_who_is_there(self):
        editing = place(self.record, state="editing", field="amount", typing=True)
        self.report(self.ivan, 1, place(), editing)
        answer = self.report(self.maria, 2, place())
        person = {
            "user": {"id": self.ivan.id, "name": "Ivan"},
            "tab": tab_of(1),
            "places": [place(), editing],
        }
        self.assertEqual(answer, {"ttl": 30, "present": [person]})

    def test_a_report_replaces_the_one_before(self):
        self.report(self.ivan, 1, place(), place(self.record))
        self.report(self.ivan, 1, place(self.record, state="idle"))
        idle = place(self.record, state="idle")
        self.assertEqual(self.present(self.maria), {"Ivan": [idle]})
        self.assertEqual(len(self.stored().filtered(lambda r: r.tab == tab_of(1))), 1)

    def test_leaving(self):
        self.report(self.ivan, 1, place())
        self.report(self.ivan, 1)
        self.assertEqual(self.present(self.maria), {})
        self.assertFalse(self.stored().filtered(lambda r: r.user_id == self.ivan))

    def test_own_tabs_are_left_out(self):
        self.report(self.ivan, 1, place())
        self.assertEqual(self.report(self.ivan, 2, place())["present"], [])

    def test_each_tab_by_itself(self):
        self.report(self.ivan, 1, place())
        self.report(self.ivan, 2, place(self.record))
        answer = self.report(self.maria, 3, place())
        tabs = {p["tab"]: p["places"] for p in answer["present"]}
        expected = {tab_of(1): [place()], tab_of(2): [place(self.record)]}
        self.assertEqual(tabs, expected)
        self.report(self.ivan, 1)
        answer = self.report(self.maria, 3, place())
        self.assertEqual([p["tab"] for p in answer["present"]], [tab_of(2)])

    def test_only_models_and_rooms_that_were_asked_for(self):
        self.report(self.ivan, 1, place(room="2026-11"))
        self.assertEqual(self.present(self.maria), {})
        self.assertEqual(self.present(self.maria, place(room="2026-12")), {})
        there = place(room="2026-11")
        self.assertEqual(self.present(self.maria, there), {"Ivan": [there]})

    def test_who_is_where_the_tab_was_is_not_asked_for(self):
        self.report(self.maria, 2, place(room="2026-11"))
        self.report(self.ivan, 1, place(room="2026-11"))
        answer = self.report(self.ivan, 1, place(room="2026-12"))
        self.assertEqual(answer["present"], [])

    def test_expires(self):
        self.report(self.ivan, 1, place())
        self.expire()
        self.assertEqual(self.present(self.maria), {})

    def test_time_to_live(self):
        self.report(self.ivan, 1, place())
        self.env.cr.execute(
            """ SELECT extract(epoch FROM expires_at - now() AT TIME ZONE 'UTC')
                  FROM amanat_realtime_presence WHERE tab = %s """,
            [tab_of(1)],
        )
        self.assertEqual(self.env.cr.fetchone(), (30,))

    def test_heartbeat_after_expiry_is_news(self):
        self.report(self.maria, 2, place())
        self.report(self.ivan, 1, place())
        self.expire()
        self.report(self.maria, 2, place())
        last = self.bus_position()
        self.report(self.ivan, 1, place())
        self.assertEqual(len(self.presence_rows(last)), 1)

    def test_vacuum(self):
        self.report(self.ivan, 1, place())
        self.expire()
        self.report(self.maria, 2, place())
        self.env["amanat.realtime.presence"]._gc_presence()
        self.assertEqual(self.stored().user_id, self.maria)

    def test_told_when_something_changes(self):
        self.report(self.maria, 2, place())
        last = self.bus_position()
        self.report(self.ivan, 1, place())
        self.report(self.ivan, 1, place())
        self.report(self.ivan, 1, place(state="idle"))
        self.report(self.ivan, 1)
        self.report(self.ivan, 1)
        told = [(row["before"], row["places"]) for row in self.presence_rows(last)]
        idle = place(state="idle")
        steps = [([], [place()]), ([place()], [idle]), ([idle], [])]
        self.assertEqual(told, steps)

    def test_not_told_when_nobody_else_is_there(self):
        last = self.bus_position()
        self.report(self.ivan, 1, place())
        self.report(self.ivan, 2, place(self.record))
        self.report(self.ivan, 1)
        self.assertEqual(self.presence_rows(last), [])

    def test_rooms_are_told_apart(self):
        self.report(self.maria, 2, place(room="2026-11"))
        last = self.bus_position()
        self.report(self.ivan, 1, place(room="2026-11"), place(room="2026-12"))
        [row] = self.presence_rows(last)
        self.assertEqual(row["room"], "2026-11")
        self.assertEqual(row["places"], [place(room="2026-11")])

    def test_forged_tab(self):
        self.report(self.ivan, 1, place(self.record))
        for places in ([place()], []):
            with self.assertRaisesRegex(AccessError, "somebody else"):
                self.report(self.maria, 1, *places)
        there = {"Ivan": [place(self.record)]}
        self.assertEqual(self.present(self.maria), there)

    def test_report_that_was_overtaken(self):
        """The last request of a page that is closed may come before the one that was
        under way then.
        """
        late = next(numbers)
        self.report(self.maria, 2, place())
        self.report(self.ivan, 1, place())
        self.report(self.ivan, 1)
        last = self.bus_position()
        answer = self.report(self.ivan, 1, place(), number=late)
        self.assertEqual([p["user"]["name"] for p in answer["present"]], ["Maria"])
        self.assertEqual(self.present(self.maria), {})
        self.assertFalse(self.presence_rows(last))

    def test_forged_tab_in_the_same_moment(self):
        """The other's row was written after the check."""
        self.report(self.ivan, 1, place())
        table = self.env["amanat.realtime.presence"]
        table.with_user(self.maria)._replace(
            tab_of(1), next(numbers), [place(state="idle")], 30
        )
        self.assertEqual(self.stored().user_id, self.ivan)
        self.assertEqual(self.stored().state, "viewing")

    def test_models_that_are_not_live(self):
        for name in ("res.users", "no.such.model", "amanat.base.model"):
            with self.assertRaisesRegex(ValidationError, "not a live model"):
                self.report(self.ivan, 1, {"model": name, "state": "viewing"})

    def test_deleted_record(self):
        record = self.record.copy()
        self.report(self.ivan, 1, place(record))
        record.unlink()
        self.assertEqual(self.present(self.maria), {})

    def test_record_that_never_existed(self):
        self.report(self.ivan, 1, place(id=2**31 - 1))
        self.assertFalse(self.stored())

    def test_field_that_does_not_exist(self):
        self.report(self.ivan, 1, place(self.record, state="editing", field="nope"))
        editing = place(self.record, state="editing")
        self.assertEqual(self.present(self.maria), {"Ivan": [editing]})

    def test_queries_do_not_grow_with_people(self):
        def people(numbers):
            for number in numbers:
                user = self.new_user(f"rt_p{number}", name=f"P{number}")
                record = self.record.copy()
                at = place(record, state="editing", field="amount")
                self.report(user, number, place(), at)

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.cr.execute("SELECT 1")
            start = self.env.cr.sql_log_count
            answer = self.report(self.maria, 0xFFF, place())
            return len(answer["present"]), self.env.cr.sql_log_count - start

        people(range(1, 3))
        cost()
        few, queries = cost()
        people(range(3, 23))
        cost()
        many, queries_of_many = cost()
        self.assertEqual((few, many), (2, 22))
        self.assertEqual(queries, queries_of_many)

    def test_one_statement_writes(self):
        self.report(self.ivan, 1, place())
        cursor = type(self.env.cr)
        with patch.object(cursor, "execute", autospec=True) as execute:
            table = self.env["amanat.realtime.presence"].with_user(self.ivan)
            table._replace(tab_of(1), next(numbers), [place(), place(self.record)], 30)
        written = [str(c.args[1]) for c in execute.mock_calls if "INSERT" in str(c)]
        self.assertEqual(len(execute.mock_calls), 2, "the other one is SET LOCAL")
        self.assertEqual(len(written), 1)
