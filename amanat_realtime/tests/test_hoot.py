from odoo.tests import tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker


class HootSuite(HOOTCommon):
    """Runs the browser tests of this addon, and nobody else's."""

    def run_suite(self, preset, extra=""):
        """Open the test page with only this addon's suite and wait for its verdict.

        :param preset: ``desktop`` or ``mobile``
        :param extra: further parameters of the test page
        """
        suite = self._generate_hash("@amanat_realtime")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}{extra}"
            f"&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=1200,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )

    # The helper of the parent class is tested where it lives.
    test_generate_hoot_hash = None
    test_get_hoot_filter = None


@tagged("post_install", "-at_install")
class TestHootDesktop(HootSuite):
    def test_desktop(self):
        self.run_suite("desktop")


@tagged("post_install", "-at_install")
class TestHootMobile(HootSuite):
    browser_size = "375x667"
    touch_enabled = True

    def test_mobile(self):
        self.run_suite("mobile", "&tag=-headless")
