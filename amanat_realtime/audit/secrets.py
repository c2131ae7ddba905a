"""Which fields hold secrets: that they changed is noted, what they held never is.

A field is secret if

- its name says so: a password, passphrase, private key or API key anywhere in it, or a
  secret, token, PIN and the like at its end (``client_secret``, ``access_token``; but
  not ``secret_note``, which may be somebody's note, and ``token_count``);
- it is closed to everybody but the superuser (``groups="."``);
- some view shows it as a password (``password="True"``);
- it is one of those that Odoo keeps secrets in under other names.
"""

import re

from odoo.orm.models import NO_ACCESS

_TEXTS = frozenset(("char", "text", "html", "json", "binary"))
_NAME = re.compile(
    r"passw(or)?d|passphrase|(api|private|secret|access|encryption|signing)_?key"
    r"|(^|_)(secret|token|pwd|pass|otp|pin|cvv|cvc|credentials?)(_?\d+)?$",
    re.IGNORECASE,
)
_OTHERS = {("ir.config_parameter", "value")}


def is_secret(field, password_fields=frozenset()):
    """Whether the values of a field must not be kept.

    :param Field field:
    :param Collection[str] password_fields: names that views show as passwords
    :rtype: bool
    """
    if field.groups == NO_ACCESS or (field.model_name, field.name) in _OTHERS:
        return True
    return field.type in _TEXTS and (
        sounds_secret(field.name) or field.name in password_fields
    )


def sounds_secret(name):
    """Whether something with this name is taken for a secret.

    :rtype: bool
    """
    return bool(_NAME.search(name))
