"""Promise: what could not be saved is kept for its author, as it was sent, for 30 days;
it is offered with what the record holds now, under the rights of now; nobody else
learns of it.
"""

import datetime
import json

from odoo import Command, fields
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.models import realtime_draft
from odoo.addons.amanat_realtime.models.realtime_draft import DRAFT

from .common import RealtimeCase

SECRET = "amanat-draft-4711"
RULES = "odoo.addons.base.models.ir_rule"
ACLS = "odoo.addons.base.models.ir_model"


class DraftCase(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.new_user("rt_person")
        cls.partner = cls.env["res.partner"].create({"name": "Azure"})
        cls.tags = cls.env["amanat.test.realtime.tag"].create(
            [{"name": "rt red"}, {"name": "rt blue"}, {"name": "rt green"}]
        )
        cls.record = cls.env["amanat.test.realtime"].create(
            {
                "name": "One",
                "quantity": 22,
                "line_ids": [
                    Command.create({"name": "paper", "quantity": 1}),
                    Command.create({"name": "toner", "quantity": 2}),
                ],
            }
        )
        # whoever works with this database may have drafts too; nobody is to be told
        cls.env.cr.execute("DELETE FROM amanat_realtime_draft")
        cls.drafts = cls.env["amanat.realtime.draft"].with_user(cls.person)

    def keep(self, mine, base=None, record=None):
        return self.drafts._keep(record or self.record, mine, base or {})

    def offered(self, record=None):
        record = record or self.record
        offered = self.drafts.get_drafts(record._name, record.id)
        # what goes through JSON
        return {values["field"]: json.loads(json.dumps(values)) for values in offered}

    def told(self, last):
        rows = self.env["bus.bus"].sudo().search([("id", ">", last)], order="id")
        messages = [(row.channel, json.loads(row.message)) for row in rows]
        return [(c, m["payload"]) for c, m in messages if m["type"] == DRAFT]

    def tell(self):
        last = self.bus_position()
        self.commit()
        return self.told(last)


@tagged("post_install", "-at_install")
class TestDrafts(DraftCase):
    def test_offered_with_what_is_there_now(self):
        self.keep({"quantity": 11}, {"quantity": 1})
        values = self.offered()["quantity"]
        [draft] = self.drafts.search([])
        self.assertEqual(
            {key: values[key] for key in ("id", "label", "mine", "base", "theirs")},
            {
                "id": draft.id,
                "label": "Quantity",
                "mine": 11,
                "base": 1,
                "theirs": 22,
            },
        )
        self.assertEqual(values["by"]["id"], self.env.uid)
        at = self.record.write_date.isoformat(timespec="microseconds") + "Z"
        self.assertEqual(values["at"], at)
        self.assertRegex(values["created"], r"^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$")

    def test_author_of_the_field(self):
        self.commit()
        self.record.with_user(self.new_user("rt_first")).quantity = 33
        self.commit()
        self.record.with_user(self.new_user("rt_second")).name = "Two"
        self.commit()
        self.keep({"quantity": 11, "name": "mine"})
        values = self.offered()
        self.assertIn("rt_first", values["quantity"]["by"]["name"])
        self.assertIn("rt_second", values["name"]["by"]["name"])

    def test_newer_one_replaces_the_older(self):
        self.keep({"quantity": 11, "name": "kept"}, {"quantity": 1})
        [older] = self.drafts.search([("field", "=", "quantity")]).ids
        self.keep({"quantity": 12}, {"quantity": 2})
        values = self.offered()
        self.assertEqual(values["quantity"]["mine"], 12)
        self.assertEqual(values["quantity"]["base"], 2)
        self.assertEqual(values["name"]["mine"], "kept")
        # a review that shows the older one cannot remove the newer one
        self.drafts.browse(older).unlink()
        self.assertIn("quantity", self.offered())

    def test_drafts_of_two_persons(self):
        other = self.new_user("rt_other")
        self.keep({"quantity": 11})
        self.drafts.with_user(other)._keep(self.record, {"quantity": 12}, {})
        self.assertEqual(self.offered()["quantity"]["mine"], 11)

    def test_two_requests_at_once_run_again(self):
        def search(_self, *args, **kwargs):
            # the other request's draft is not seen yet
            return _self.browse()

        self.keep({"quantity": 11})
        self.patch(type(self.drafts), "search", search)
        with mute_logger("odoo.sql_db"), self.assertRaises(ConcurrencyError):
            self.keep({"quantity": 12})

    def test_values_without_a_json_form(self):
        moment = datetime.datetime(2026, 11, 20, 10, 11, 12, 123456)
        kept = self.keep(
            {
                "date": datetime.date(2026, 11, 20),
                "name": moment,
                "description": b"Ym9keQ==",
                "tag_ids": [Command.set((self.tags[0].id,))],
            },
            {"name": moment.replace(microsecond=0)},
        )
        kept.invalidate_recordset()
        by_field = {draft.field: draft for draft in kept}
        self.assertEqual(by_field["date"].mine, "2026-11-20")
        self.assertEqual(by_field["name"].mine, "2026-11-20 10:11:12.123456")
        self.assertEqual(by_field["name"].base, "2026-11-20 10:11:12")
        self.assertEqual(by_field["description"].mine, "Ym9keQ==")
        self.assertEqual(by_field["tag_ids"].mine, [[6, 0, [self.tags[0].id]]])

    def test_what_is_no_text_and_no_number(self):
        self.keep(
            {
                "name": "a\0b\ud800c",
                "description": b"a\0b",
                "quantity": float("inf"),
                "amount": float("nan"),
                "line_ids": [Command.create({"na\0me": "\0"})],
                "no\0field": 1,
            },
            {"name": "\0"},
        )
        self.env.invalidate_all()
        kept = {draft.field: draft.mine for draft in self.drafts.search([])}
        self.assertEqual(
            kept,
            {
                "name": "abc",
                "description": "ab",
                "quantity": False,
                "amount": False,
                "line_ids": [[0, 0, {"name": ""}]],
                "nofield": 1,
            },
        )
        self.assertEqual(self.offered()["quantity"]["mine"], 0)

    def test_nothing_and_zero(self):
        self.keep(
            {"quantity": 0, "name": "", "active": False, "tag_ids": []},
            {"quantity": 1, "name": "One", "active": True, "tag_ids": self.tags.ids},
        )
        values = self.offered()
        self.assertEqual(values["quantity"]["mine"], 0)
        self.assertIsNot(values["quantity"]["mine"], False)
        self.assertIs(values["active"]["mine"], False)
        self.assertFalse(values["name"]["mine"])

    def test_names_of_records(self):
        azure = {"id": self.partner.id, "display_name": "Azure"}
        red, blue, green = (
            {"id": tag.id, "display_name": tag.name} for tag in self.tags
        )
        self.record.tag_ids = self.tags[2]
        self.keep(
            {
                "partner_id": self.partner.id,
                "tag_ids": [
                    Command.link(self.tags[1].id),
                    Command.unlink(self.tags[2].id),
                ],
            },
            {"partner_id": False, "tag_ids": [self.tags[0].id, self.tags[2].id]},
        )
        values = self.offered()
        self.assertEqual(values["partner_id"]["mine"], azure)
        self.assertIs(values["partner_id"]["base"], False)
        self.assertIs(values["partner_id"]["theirs"], False)
        self.assertEqual(values["tag_ids"]["base"], [red, green])
        self.assertEqual(values["tag_ids"]["mine"], [red, blue])
        self.assertEqual(values["tag_ids"]["theirs"], [green])

    def test_lines(self):
        paper, toner = self.record.line_ids
        self.keep(
            {
                "line_ids": [
                    Command.update(paper.id, {"quantity": 5}),
                    Command.delete(toner.id),
                    Command.create({"name": "ink", "realtime_id": self.record.id}),
                ]
            },
            {
                "line_ids": {
                    str(paper.id): {"quantity": 0.5},
                    str(toner.id): {"name": "Toner", "quantity": 3.0},
                }
            },
        )
        values = self.offered()["line_ids"]
        one = {"id": self.record.id, "display_name": "One"}
        self.assertEqual(
            values["mine"],
            [
                [1, paper.id, {"quantity": 5}],
                [2, toner.id, 0],
                [0, 0, {"name": "ink", "realtime_id": one}],
            ],
        )
        self.assertEqual(
            values["base"],
            [
                {"id": paper.id, "quantity": 0.5},
                {"id": toner.id, "name": "Toner", "quantity": 3.0},
            ],
        )
        self.assertEqual(
            values["theirs"],
            [
                {"id": paper.id, "display_name": "paper", "quantity": 1.0},
                {
                    "id": toner.id,
                    "display_name": "toner",
                    "name": "toner",
                    "quantity": 2.0,
                },
            ],
        )

    def test_html_that_was_never_saved_is_sanitized(self):
        partner = self.env["res.partner"].create({"name": "Html"})
        self.keep({"comment": "<p>hello<script>alert(1)</script></p>"}, record=partner)
        self.assertEqual(self.offered(partner)["comment"]["mine"], "<p>hello</p>")

    def test_what_makes_no_sense_stays_unread(self):
        self.keep(
            {"partner_id": 2**40, "tag_ids": "rubbish", "line_ids": [[1]], "gone": 1}
        )
        with mute_logger("odoo.addons.amanat_realtime.recording.guard"):
            values = self.offered()
            texts = self.drafts.search([]).mapped("mine_text")
        self.assertIs(values["partner_id"]["mine"], False)
        self.assertEqual(values["tag_ids"]["mine"], [])
        self.assertNotIn("line_ids", values)
        self.assertNotIn("gone", values)
        self.assertEqual(len(texts), 4)

    def test_places_that_do_not_exist(self):
        self.keep({"quantity": 11})
        for place in (
            ("no.such.model", 1),
            ("amanat.base.model", 1),
            (None, None),
            (self.record._name, False),
            (self.record._name, "1"),
            (self.record._name, 2**40),
            ([self.record._name], 1),
            (self.record._name, [1]),
        ):
            self.assertEqual(self.drafts.get_drafts(*place), [], place)

    def test_deleted_record(self):
        self.keep({"quantity": 11, "partner_id": self.partner.id})
        self.record.unlink()
        self.assertEqual(self.offered(), {})
        texts = dict(self.drafts.search([]).mapped(lambda d: (d.field, d.mine_text)))
        self.assertEqual(texts, {"quantity": "11", "partner_id": "Azure"})
        self.assertEqual(self.drafts.search([]).mapped("can_open"), [False, False])

    def test_texts_of_my_drafts(self):
        paper, toner = self.record.line_ids
        self.keep(
            {
                "state": "done",
                "active": False,
                "tag_ids": [Command.link(self.tags[0].id)],
                "line_ids": [
                    Command.update(paper.id, {"quantity": 5}),
                    Command.delete(toner.id),
                ],
            }
        )
        drafts = self.drafts.search([])
        self.assertEqual(
            {draft.field: draft.mine_text for draft in drafts},
            {
                "state": "Done",
                "active": "No",
                "tag_ids": "rt red",
                "line_ids": f"line {paper.id} (Quantity: 5), line {toner.id} removed",
            },
        )
        self.assertEqual(set(drafts.mapped("record_name")), {"One"})
        self.assertEqual(set(drafts.mapped("model_name")), {"Real-time Test"})
        self.assertIn("Status", drafts.mapped("field_label"))
        self.assertEqual(drafts[0].action_open()["res_id"], self.record.id)

    def test_records_of_my_drafts_are_read_together(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            drafts = self.drafts.search_fetch([])
            before = self.env.cr.sql_log_count
            drafts.mapped("record_name")
            return self.env.cr.sql_log_count - before

        def keep(number):
            records = self.env[self.record._name].create(
                [{"name": f"Number {n}"} for n in range(number)]
            )
            for record in records:
                self.keep({"quantity": 1}, record=record)
            return records

        keep(2)
        cost()
        few = cost()
        gone = keep(20)[7]
        name = f"Record {gone.id}, no longer available"
        gone.unlink()
        self.assertEqual(cost(), few)
        names = self.drafts.search([]).mapped("record_name")
        self.assertEqual(len(names), 22)
        self.assertTrue({name, "Number 0", "Number 19"} <= set(names))

    def test_other_tabs_of_the_owner_hear_of_it(self):
        self.keep({"quantity": 11, "name": "kept"})
        [(channel, payload)] = self.tell()
        partner = self.person.partner_id
        self.assertEqual(json.loads(channel)[1:], ["res.partner", partner.id])
        self.assertEqual(payload, {"model": self.record._name, "id": self.record.id})
        # those that are replaced are not gone
        self.keep({"quantity": 12, "name": "kept again"})
        self.assertEqual([p for _channel, p in self.tell()], [payload])
        drafts = self.drafts.search([])
        drafts[0].unlink()
        self.assertEqual(self.tell(), [])
        drafts[1].unlink()
        [(_channel, payload)] = self.tell()
        self.assertTrue(payload["gone"])

    def test_thirty_days(self):
        self.keep({"quantity": 11, "name": "kept"})
        old = self.drafts.search([("field", "=", "name")])
        recent = self.drafts.search([("field", "=", "quantity")])
        for draft, days in ((old, 31), (recent, 29)):
            self.env.cr.execute(
                "UPDATE amanat_realtime_draft SET create_date = %s WHERE id = %s",
                [fields.Datetime.now() - datetime.timedelta(days=days), draft.id],
            )
        self.env.invalidate_all()
        self.env["amanat.realtime.draft"]._gc_drafts()
        self.assertFalse(old.exists())
        self.assertTrue(recent.exists())

    def test_oldest_go_when_there_are_too_many(self):
        self.patch(realtime_draft, "MAX_PER_USER", 3)
        other = self.new_user("rt_other")
        self.drafts.with_user(other)._keep(self.record, {"quantity": 1}, {})
        for name in ("name", "quantity", "date", "state", "amount"):
            self.keep({name: False})
        left = self.drafts.search([]).mapped("field")
        self.assertEqual(left, ["amount", "state", "date"])
        self.assertEqual(self.drafts.with_user(other).search_count([]), 1)


@tagged("post_install", "-at_install")
class TestDraftLeaks(DraftCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strangers = [
            new_test_user(cls.env, f"rt_{name}", groups=groups)
            for name, groups in (
                ("other", "base.group_user,base.group_allow_export"),
                ("manager", "amanat_realtime.group_realtime_manager"),
                ("administrator", "base.group_system,base.group_erp_manager"),
                ("portal", "base.group_portal"),
                ("public", "base.group_public"),
            )
        ] + [cls.env.ref("base.user_admin")]

    def setUp(self):
        super().setUp()
        self.draft = self.keep({"name": SECRET}, {"name": f"base {SECRET}"}).sudo(False)

    def test_nobody_else_reads(self):
        ways = {
            "search": lambda drafts: drafts.search([]).ids,
            "search_read": lambda drafts: drafts.search_read([]),
            "web_search_read": lambda drafts: drafts.web_search_read([], {"mine": {}})[
                "records"
            ],
            "count": lambda drafts: drafts.search_count([]),
            "by value": lambda drafts: drafts.search([("field", "=", "name")]).ids,
            "groups": lambda drafts: drafts.formatted_read_group(
                [], ["model"], ["__count"]
            ),
            "web groups": lambda drafts: drafts.web_read_group([], ["model"])["groups"],
            "names": lambda drafts: drafts.name_search("name"),
            "offered": lambda drafts: drafts.get_drafts(
                self.record._name, self.record.id
            ),
            "read": lambda drafts: drafts.browse(self.draft.id).read(["mine"]),
            "web_read": lambda drafts: drafts.browse(self.draft.id).web_read(
                {"mine_text": {}}
            ),
            "export": lambda drafts: drafts.browse(self.draft.id).export_data(
                ["mine", "mine_text"]
            ),
            "open": lambda drafts: drafts.browse(self.draft.id).action_open(),
        }
        for stranger in self.strangers:
            drafts = self.drafts.with_user(stranger)
            for name, way in ways.items():
                self.env.invalidate_all()
                with (
                    self.subTest(name, stranger=stranger.login),
                    mute_logger(RULES, ACLS, "odoo.models"),
                ):
                    try:
                        found = way(drafts)
                    except UserError as error:
                        self.assertNotIn(SECRET, str(error))
                    else:
                        self.assertFalse(found)
        self.person.group_ids += self.env.ref("base.group_allow_export")
        # the owner does, so that the ways above are ways
        for name, way in ways.items():
            with self.subTest(name):
                self.assertTrue(way(self.drafts))

    def test_nobody_else_deletes(self):
        for stranger in self.strangers:
            with mute_logger(RULES, ACLS), self.assertRaises(AccessError):
                self.draft.with_user(stranger).unlink()
        self.draft.unlink()
        self.assertFalse(self.draft.exists())

    def test_nobody_writes(self):
        values = {"model": "m", "res_id": 1, "field": "f", "user_id": self.person.id}
        for user in [self.person, *self.strangers]:
            with mute_logger(RULES, ACLS):
                with self.assertRaises(AccessError):
                    self.draft.with_user(user).write({"mine": 1})
                with self.assertRaises(AccessError):
                    self.drafts.with_user(user).create(values)

    def test_record_that_may_not_be_read_any_more(self):
        self.assertIn("name", self.offered())
        self.record.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.flush_all()
        self.assertEqual(self.offered(), {})
        [draft] = self.drafts.search([])
        self.assertNotIn("One", draft.record_name)
        self.assertFalse(draft.can_open)

    def test_field_that_may_not_be_read_any_more(self):
        self.keep({"secret_note": "mine"}, {"secret_note": "base"})
        self.record.secret_note = SECRET
        with self.assertNoLogs("odoo.addons.amanat_realtime.recording.guard"):
            self.assertEqual(list(self.offered()), ["name"])
        self.person.group_ids += self.env.ref("base.group_system")
        self.assertEqual(self.offered()["secret_note"]["theirs"], SECRET)

    def test_names_of_records_that_may_not_be_read(self):
        partner = self.env["res.partner"].create(
            {
                "name": SECRET,
                "company_id": self.env["res.company"].create({"name": "Other"}).id,
            }
        )
        self.env.flush_all()
        self.keep({"partner_id": partner.id}, {"partner_id": partner.id})
        values = self.offered()["partner_id"]
        self.assertEqual(
            values["mine"], {"id": partner.id, "display_name": "Unavailable record"}
        )
        self.assertEqual(values["base"], values["mine"])
        sent = {"id": partner.id, "display_name": "as it was called"}
        self.keep({"partner_id": sent}, {"partner_id": sent})
        self.assertEqual(self.offered()["partner_id"]["base"], sent)
        gone = partner.id + 1000
        self.keep({"partner_id": gone})
        self.assertEqual(
            self.offered()["partner_id"]["mine"]["display_name"], "Unavailable record"
        )

    def test_fields_of_lines_that_may_not_be_read(self):
        line = self.record.line_ids[0]
        self.patch(type(line)._fields["price"], "groups", "base.group_system")
        self.keep(
            {"line_ids": [Command.update(line.id, {"price": 2, "quantity": 3})]},
            {"line_ids": {str(line.id): {"price": 1.0, "quantity": 1.0}}},
        )
        values = self.offered()["line_ids"]
        self.assertEqual(values["mine"], [[1, line.id, {"quantity": 3}]])
        self.assertEqual(values["base"], [{"id": line.id, "quantity": 1.0}])
        self.assertNotIn("price", values["theirs"][0])
