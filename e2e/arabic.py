"""Odoo in Arabic, which is written from right to left."""

from e2e.odoo_client import OdooClient

_CODE = "ar_001"


def translate(admin: OdooClient) -> None:
    """Have what Odoo's own addons say in Arabic."""
    wizard = "base.language.install"
    [id_] = admin.create({"lang_ids": _activated(admin)}, model=wizard)
    admin.call(wizard, "lang_install", [id_])


def speak(admin: OdooClient, person: OdooClient) -> None:
    """Have a person use Arabic; what is not translated stays English."""
    _activated(admin)
    _set_language(admin, person, _CODE)


def speak_english(admin: OdooClient, person: OdooClient) -> None:
    _set_language(admin, person, "en_US")


def _set_language(admin: OdooClient, person: OdooClient, code: str) -> None:
    admin.write(person.uid, model="res.users", lang=code)
    # or the session would keep the old one for one more page
    person.post("/web/session/get_session_info", {})


def _activated(admin: OdooClient) -> list[int]:
    everything = {"active_test": False}
    arabic = [["code", "=", _CODE]]
    ids = admin.call("res.lang", "search", arabic, context=everything)
    admin.call("res.lang", "action_unarchive", ids)
    # until that was committed, other requests filled the cache with the old languages
    admin.write(ids, model="res.lang", active=True)
    return ids
