"""For tests of transactions that run beside each other."""

from unittest.mock import patch

from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, get_db_name


class RealTransactionsCase(BaseCase):
    """Each cursor of ``registry`` is a transaction of its own; tests remove what they
    commit.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.registry.reset_changes)
        # the thread that runs the tests holds it, and others make environments
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
