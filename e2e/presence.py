"""What a person sees of others: who is here, and who edits what."""

from playwright.sync_api import Locator, Page

from e2e import database
from tools.server import Server

#: less than the time after which somebody who vanished is forgotten: 20 s at least
SOON = 15_000
#: what is left of somebody who crashed is forgotten after 30 s
FORGOTTEN = 45_000
EDITING = "data-amanat-editing"
TYPING = "data-amanat-typing"
PRESENT = "data-amanat-present"


def forget_everybody(odoo: Server) -> None:
    """Let nobody be anywhere.

    Now and then, Chromium loses the farewell of a tab that is closed, and its person
    would be seen in the next test.
    """
    with database.cursor(odoo) as cr:
        cr.execute("DELETE FROM amanat_realtime_presence")


def avatars(page: Page) -> Locator:
    """People on the same page, or in the same record in a form."""
    return page.locator(".o_control_panel .o_amanat_presence_person")


def avatar(page: Page, name: str) -> Locator:
    return avatars(page).filter(has=page.locator(f'img[alt="{name}"]'))


def field_tag(page: Page, field: str) -> Locator:
    """The name of who edits a field of a form."""
    return page.locator(f".o_field_widget[name={field}] .o_amanat_field_tag")
