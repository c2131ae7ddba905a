"""Odoo in Arabic, which is written from right to left."""

from e2e.odoo_client import OdooClient

_CODE = "ar_001"


def translate(admin: OdooClient) -> None:
    """Have what Odoo's own addons say in Arabic."""
    wizard = "base.language.install"
    [id_] = admin.create({"lang_ids": _languages(admin)}, model=wizard)
    admin.call(wizard, "lang_install", [id_])


def speak(admin: OdooClient, person: OdooClient) -> None:
    """Have a person use Arabic; what is not translated stays English."""
    admin.call("res.lang", "action_unarchive", _languages(admin))
    _set_language(admin, person, _CODE)


def speak_english(admin: OdooClient, person: OdooClient) -> None:
    _set_language(admin, person, "en_US")


def _set_language(admin: OdooClient, person: OdooClient, code: str) -> None:
    admin.write(person.uid, model="res.users", lang=code)
    # or the session would keep the old one for one more page
    person.post("/web/session/get_session_info", {})


def _languages(admin: OdooClient) -> list[int]:
    everything = {"active_test": False}
    arabic = [["code", "=", _CODE]]
    return admin.call("res.lang", "search", arabic, context=everything)
