"""What Odoo does not remove by itself: it knows what an addon's files made, not what
was made since.
"""

from .channel import PREFIX


def uninstall_hook(env):
    """Delete switches, and messages that nobody can receive any more.

    :param Environment env:
    """
    parameters = env["ir.config_parameter"].sudo()
    parameters.search([("key", "=like", f"{PREFIX}.%")]).unlink()
    env.cr.execute(
        "DELETE FROM bus_bus WHERE message::jsonb ->> 'type' LIKE %s", [f"{PREFIX}/%"]
    )
