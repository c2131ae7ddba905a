"""What lets a program read the metrics that has no user."""

import hmac
import re
import secrets

PARAMETER = "amanat_realtime.metrics_key"
_BEARER = re.compile(r"bearer +(\S+)\Z", re.IGNORECASE)


def key_of(env):
    """
    :return: empty if nobody may read them
    :rtype: str
    """
    return env["ir.config_parameter"].sudo().get_param(PARAMETER) or ""


def new_key():
    """
    :rtype: str
    """
    return secrets.token_urlsafe(32)


def is_right(key, authorization):
    """Whether a request shows the key.

    :param str key: not empty
    :param str authorization: header of the request, as it came
    :rtype: bool
    """
    match = _BEARER.match(authorization.strip())
    shown = match[1] if match else ""
    return hmac.compare_digest(key.encode(), shown.encode("utf-8", "replace"))
