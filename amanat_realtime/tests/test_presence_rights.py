"""Promise: nobody learns by presence, neither who asks nor who is told, of a record,
field or model that they may not read, nor of people who hide.
"""

from odoo import Command
from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.delivery import deliver

from .presence_common import LIMITED, MODEL, PresenceMixin, place

ACCESS = "amanat_realtime.access_amanat_test_realtime_user"


@tagged("post_install", "-at_install")
class TestPresenceRights(PresenceMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan = cls.new_user("rt_ivan", "base.group_system", name="Ivan")
        cls.maria = cls.new_user("rt_maria", name="Maria")
        cls.limited = cls.new_user("rt_limited", LIMITED, name="Limited")
        cls.mine = cls.env[MODEL].create({"name": "M", "user_id": cls.limited.id})
        cls.hidden = cls.env[MODEL].create({"name": "H", "user_id": cls.ivan.id})

    def setUp(self):
        super().setUp()
        deliver.decisions.clear()
        for number, user in enumerate((self.maria, self.limited), 1000):
            self.report(user, number, place())

    def told(self, user, *places):
        """Have Ivan report, and return the message that ``user`` gets."""
        last = self.bus_position()
        self.report(self.ivan, 1, *places)
        [payload] = self.received_by(user, last)
        return payload

    # who asks

    def test_hidden_record_is_not_shown(self):
        self.report(self.ivan, 1, place(self.mine), place(self.hidden))
        both = [place(self.mine), place(self.hidden)]
        self.assertEqual(self.present(self.maria)["Ivan"], both)
        self.assertEqual(self.present(self.limited)["Ivan"], [place(self.mine)])

    def test_who_is_only_in_hidden_records_is_not_shown(self):
        self.report(self.ivan, 1, place(self.hidden))
        self.assertNotIn("Ivan", self.present(self.limited))

    def test_hidden_field_is_not_shown(self):
        at = place(self.mine, state="editing", field="secret_note", typing=True)
        self.report(self.ivan, 1, at)
        editing = place(self.mine, state="editing")
        self.assertEqual(self.present(self.maria)["Ivan"], [editing])
        admin = self.env.ref("base.user_admin")
        self.assertEqual(self.present(admin)["Ivan"], [at])

    def test_record_of_another_company_is_not_shown(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.ivan.company_ids |= company
        self.hidden.company_id = company
        self.report(self.ivan, 1, place(self.hidden))
        self.assertNotIn("Ivan", self.present(self.maria))
        self.maria.company_ids |= company
        self.assertIn("Ivan", self.present(self.maria))

    def test_model_that_may_not_be_read(self):
        self.report(self.ivan, 1, place(), place(self.mine))
        self.env.ref(ACCESS).unlink()
        self.assertEqual(self.present(self.maria), {})

    # who reports

    def test_place_in_a_hidden_record_is_not_stored(self):
        self.report(self.limited, 2, place(self.hidden), place(self.mine))
        self.assertEqual(self.stored_ids(self.limited), {0, self.mine.id})

    def test_hidden_field_of_the_reporter_is_not_stored(self):
        at = place(self.mine, state="editing", field="secret_note", typing=True)
        self.report(self.maria, 2, at)
        row = self.stored().filtered(lambda r: r.res_id == self.mine.id)
        self.assertFalse(row.field_name)
        self.assertFalse(row.typing)

    def test_places_in_a_model_that_may_not_be_read(self):
        self.env.ref(ACCESS).unlink()
        answer = self.report(self.maria, 1000, place(), place(self.mine))
        self.assertEqual(answer["present"], [])
        self.assertEqual(self.stored_ids(self.maria), set())

    def test_same_answer_for_hidden_and_for_missing_records(self):
        answers = [
            self.report(self.limited, 2, place(id=id_))
            for id_ in (self.hidden.id, 2**31 - 1)
        ]
        self.assertEqual(*answers)

    def stored_ids(self, user):
        return set(self.stored().filtered(lambda r: r.user_id == user).mapped("res_id"))

    # who hides

    def test_who_hides_is_neither_stored_nor_told(self):
        self.ivan.amanat_realtime_hidden = True
        last = self.bus_position()
        answer = self.report(self.ivan, 1, place(), place(self.mine))
        names = {person["user"]["name"] for person in answer["present"]}
        self.assertEqual(names, {"Maria", "Limited"})
        self.assertEqual(self.presence_rows(last), [])
        self.assertFalse(self.stored_ids(self.ivan))

    def test_row_from_before_somebody_hid(self):
        self.report(self.ivan, 1, place())
        self.ivan.amanat_realtime_hidden = True
        self.assertNotIn("Ivan", self.present(self.maria))

    def test_row_from_before_somebody_was_deactivated(self):
        self.report(self.ivan, 1, place())
        self.ivan.active = False
        self.assertNotIn("Ivan", self.present(self.maria))

    # who is told

    def test_not_told_of_a_hidden_record(self):
        places = (place(self.mine), place(self.hidden))
        self.assertEqual(self.told(self.limited, *places)["places"], [places[0]])

    def test_not_told_that_somebody_moves_in_hidden_records(self):
        another = self.hidden.copy({"user_id": self.ivan.id})
        self.assertEqual(self.told(self.limited, place(self.hidden)), {})
        self.assertEqual(self.told(self.limited, place(another)), {})
        self.assertEqual(self.told(self.limited), {})

    def test_told_that_somebody_goes_from_sight(self):
        self.assertTrue(self.told(self.limited, place(self.mine)))
        payload = self.told(self.limited, place(self.hidden))
        self.assertEqual(payload["places"], [])
        self.assertEqual(self.told(self.limited), {})

    def test_not_told_of_a_hidden_field(self):
        at = place(self.mine, state="editing", field="secret_note", typing=True)
        payload = self.told(self.maria, at)
        self.assertEqual(payload["places"], [place(self.mine, state="editing")])
        # typing in it, or not
        self.assertEqual(self.told(self.maria, {**at, "typing": False}), {})

    def test_readers_of_a_field_are_told_apart(self):
        """One decision must not serve both, where rules are the same for them."""
        group = "base.group_partner_manager"
        self.patch(self.env[MODEL]._fields["amount"], "groups", group)
        knows = self.new_user("rt_knows", f"base.group_user,{group}")
        self.maria.group_ids = self.env.ref("base.group_user")
        self.ivan.group_ids |= self.env.ref(group)
        last = self.bus_position()
        self.report(self.ivan, 1, place(self.mine, state="editing", field="amount"))
        for user, known in ((knows, True), (self.maria, False), (knows, True)):
            [payload] = self.received_by(user, last)
            self.assertEqual("amount" in repr(payload), known)

    def test_portal_users_are_told_nothing(self):
        portal = self.new_user("rt_portal", "base.group_portal")
        self.env.ref(ACCESS).copy({"group_id": self.env.ref("base.group_portal").id})
        self.assertEqual(self.told(portal, place()), {})

    def test_not_told_after_the_model_was_closed(self):
        last = self.bus_position()
        self.report(self.ivan, 1, place())
        self.env.ref(ACCESS).unlink()
        [payload] = self.received_by(self.maria, last)
        self.assertEqual(payload, {})

    def test_not_told_after_the_company_was_taken_away(self):
        company = self.env["res.company"].create({"name": "Second"})
        (self.ivan | self.maria).company_ids |= company
        self.mine.company_id = company
        last = self.bus_position()
        self.report(self.ivan, 1, place(self.mine))
        [payload] = self.received_by(self.maria, last)
        self.assertTrue(payload)
        self.maria.write({"company_ids": [Command.unlink(company.id)]})
        [payload] = self.received_by(self.maria, last)
        self.assertEqual(payload, {})
