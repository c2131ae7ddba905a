"""Promise: presence can be switched off by a person, for a model and for the database,
and what is switched off ends at once.
"""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .presence_common import MODEL, PresenceMixin, place

MANAGER = "amanat_realtime.group_realtime_manager"
LINE = "amanat.test.realtime.line"


@tagged("post_install", "-at_install")
class TestPresenceSwitches(PresenceMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan = cls.new_user("rt_ivan", name="Ivan")
        cls.maria = cls.new_user("rt_maria", name="Maria")
        cls.manager = cls.new_user("rt_manager", MANAGER)

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.report(self.maria, 2, place())

    def model_row(self, name=MODEL, **values):
        model_id = self.env["ir.model"]._get_id(name)
        rows = self.env["amanat.realtime.model"].with_user(self.manager)
        return rows.create({"model_id": model_id, **values})

    def settings(self, presence):
        values = {"amanat_realtime_presence": presence}
        self.env["res.config.settings"].create(values).execute()

    def assertEnded(self):
        last = self.bus_position()
        self.end_transaction()
        [row] = self.presence_rows(last)
        self.assertEqual((row["by"], row["places"]), (self.maria.id, []))
        self.assertFalse(self.stored())

    def test_database(self):
        field = "amanat_realtime_presence"
        settings = self.env["res.config.settings"]
        self.assertTrue(settings.default_get([field])[field])
        self.settings(False)
        self.assertFalse(settings.default_get([field])[field])
        self.assertEnded()
        off = {"ttl": 30, "present": [], "disabled": True}
        self.assertEqual(self.report(self.ivan, 1, place()), off)
        self.assertFalse(self.stored())
        self.settings(True)
        self.assertTrue(settings.default_get([field])[field])
        self.assertNotIn("disabled", self.report(self.ivan, 1, place()))

    def test_pages(self):
        settings = self.env["res.config.settings"]
        self.assertIn("amanat_realtime_presence", settings.get_view()["arch"])
        menus = self.env["ir.ui.menu"]
        menu = self.env.ref("amanat_realtime.menu_realtime_model")
        self.assertIn(menu.id, menus.with_user(self.manager)._visible_menu_ids())
        self.assertNotIn(menu.id, menus.with_user(self.ivan)._visible_menu_ids())

    def test_choice_of_a_manager(self):
        rows = self.env["amanat.realtime.model"].with_user(self.manager)
        domain = rows._fields["model_id"].domain(rows)
        offered = self.env["ir.model"].with_user(self.manager).search(domain)
        self.assertIn(MODEL, offered.mapped("model"))
        self.assertIn("res.partner", offered.mapped("model"))
        self.assertNotIn("res.users", offered.mapped("model"))

    def test_database_by_parameter(self):
        parameters = self.env["ir.config_parameter"]
        parameters.create({"key": "amanat_realtime.presence", "value": "True"})
        self.end_transaction()
        self.assertTrue(self.stored())
        parameters.set_param("amanat_realtime.presence", "False")
        self.assertEnded()

    def test_model(self):
        row = self.model_row()
        self.end_transaction()
        self.assertTrue(self.stored(), "on unless it is switched off")
        row.presence = False
        self.assertEnded()
        off = {"ttl": 30, "present": [], "disabled": True}
        self.assertEqual(self.report(self.ivan, 1, place()), off)
        line = {"model": LINE, "state": "viewing"}
        self.assertNotIn("disabled", self.report(self.ivan, 1, place(), line))
        self.assertEqual(self.stored().mapped("model"), [LINE])

    def test_model_switched_off_from_the_start(self):
        self.model_row(presence=False)
        self.assertEnded()

    def test_other_models_go_on(self):
        self.model_row(LINE, presence=False)
        self.end_transaction()
        self.assertTrue(self.stored())

    def test_leaving_is_not_disabled(self):
        self.assertEqual(self.report(self.maria, 2), {"ttl": 30, "present": []})

    def test_person(self):
        self.maria.with_user(self.maria).amanat_realtime_hidden = True
        self.assertEnded()

    def test_one_row_per_model(self):
        self.model_row()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.model_row()

    def test_for_managers_only(self):
        rows = self.env["amanat.realtime.model"].with_user(self.ivan)
        table = self.env["amanat.realtime.presence"]
        for records in (rows, table.with_user(self.ivan)):
            with self.assertRaises(AccessError):
                records.search([]).read()
        self.assertTrue(table.with_user(self.manager).search([]).read())
        with self.assertRaises(AccessError):
            table.with_user(self.manager).search([]).unlink()
