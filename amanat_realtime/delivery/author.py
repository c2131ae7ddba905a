"""How people are told who did something."""


def author_of(env, uid):
    """Return the name of who did something; whoever hears of it may know it.

    :param Environment env:
    :param int uid: may be nobody's, or nobody's any more
    :rtype: dict | None
    """
    user = env["res.users"].sudo().browse(uid or ()).exists()
    return {"id": user.id, "name": user.name} if user else None
