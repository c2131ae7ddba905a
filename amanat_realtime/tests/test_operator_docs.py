"""Promise: what operators are told to run has the effect that they are told of."""

import json
import re
import unittest
from pathlib import Path

from odoo.tests import HttpCase, tagged

from odoo.addons.amanat_realtime.activation.switches import is_enabled

DOCS = Path(__file__).parents[2] / "docs"
_SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
# an address in a page: `curl https://…/path` or `/path`, and what it answers
_HEALTH = re.compile(r"`(?:curl https://…)?(/[\w/]+/health)`")
_ANSWER = re.compile(r"answers `(\{.*?\})`")


@unittest.skipUnless(DOCS.exists(), "the addon was installed without its docs")
@tagged("post_install", "-at_install")
class TestOperatorDocs(HttpCase):
    def test_switching_it_off_in_sql(self):
        [statement] = _SQL.findall((DOCS / "deployment.md").read_text())
        self.assertTrue(is_enabled(self.env))
        # once without a row of the parameter, once over it
        for _attempt in range(2):
            self.env.cr.execute(statement)
            # the restart
            self.env.registry.clear_all_caches()
            self.env.invalidate_all()
            self.assertFalse(is_enabled(self.env))
            self.env["ir.config_parameter"].set_param("amanat_realtime.enabled", True)
            self.assertTrue(is_enabled(self.env))

    def test_health(self):
        page = (DOCS / "troubleshooting.md").read_text()
        paths = set(_HEALTH.findall(page))
        self.assertEqual(paths, {"/web/health", "/websocket/health"})
        [answer] = _ANSWER.findall(page)
        for path in paths:
            with self.subTest(path):
                self.assertEqual(self.url_open(path).json(), json.loads(answer))
