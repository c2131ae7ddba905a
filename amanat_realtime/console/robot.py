"""The other person of the test console: a user who cannot log in.

Test Robot is nobody's seat, for it is not an internal user. Its rights are those of a
group of its own: test records that it has created. So what the console does is kept
within bounds, and shown to others, by the same rules as everybody's work.
"""

from odoo.exceptions import AccessError, UserError

from ..activation.switches import MANAGER

ROBOT = "amanat_realtime.user_test_robot"


def robot_of(env):
    """Return Test Robot, whether it may act or not.

    :rtype: res.users
    """
    robot = env.ref(ROBOT, raise_if_not_found=False)
    return robot.sudo() if robot else env["res.users"].sudo()


def robot_env(env):
    """Return the environment in which Test Robot does what a manager asks for.

    :param Environment env: of the manager
    :rtype: Environment
    :raise AccessError: if the user is not a manager
    :raise UserError: if Test Robot was archived or deleted
    """
    if not env.user.has_group(MANAGER):
        raise AccessError(env._("The test console is for real-time managers only."))
    robot = robot_of(env)
    if not robot.active:
        raise UserError(
            env._(
                "The user “Test Robot” was archived or deleted. Restore it, or update "
                "the module “Amanat Real-time”."
            )
        )
    return env(user=robot.id, su=False, context={"lang": env.lang})
