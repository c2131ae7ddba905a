from odoo.tests import Form


def assert_switch(case, field, is_on):
    """Assert that a switch on the settings page is on at first, and does what it says.

    :param TransactionCase case:
    :param str field: of the settings
    :param Callable[[Environment], bool] is_on:
    """
    case.assertTrue(is_on(case.env))
    for wanted in (False, True):
        settings = Form(case.env["res.config.settings"])
        case.assertEqual(settings[field], not wanted)
        settings[field] = wanted
        settings.save().execute()
        case.assertEqual(is_on(case.env), wanted)
