"""What tells a person of a conflict, and what they answer."""

import re

from playwright.sync_api import Locator, Page, expect

_OPEN = ".o_amanat_conflict_open"


class ConflictDialog:
    """The question about fields that two persons changed.

    :ivar root: the dialog; there is none without a question
    """

    def __init__(self, page: Page):
        self.root = page.locator(".o_amanat_conflict_dialog")
        self.entries = self.root.locator(".o_amanat_conflict_entry")

    def entry(self, label: str) -> Locator:
        exactly = re.compile(rf"^\s*{re.escape(label)}\s*$")
        legend = self.root.page.locator("legend", has_text=exactly)
        return self.entries.filter(has=legend)

    def text(self, version: str, entry: Locator | None = None) -> Locator:
        """The value of one version.

        :param version: ``original``, ``mine`` or ``theirs``
        :param entry: of several ones
        """
        return (entry or self.root).locator(f".o_amanat_{version} dd")

    def expect_values(self, original: str, mine: str, theirs: str) -> None:
        """:raises AssertionError: the only entry does not show these"""
        expect(self.entries).to_have_count(1)
        expect(self.text("original")).to_have_text(original)
        expect(self.text("mine")).to_have_text(mine)
        expect(self.text("theirs")).to_have_text(theirs)

    def tick(self, label: str, side: str) -> None:
        """Choose ``mine`` or ``theirs`` for one of several fields."""
        self.entry(label).locator(f"input[value={side}]").check()

    def answer(self, name: str) -> None:
        """Press a button: ``mine``, ``theirs``, ``save`` or ``cancel``."""
        self.root.locator(f"button[name={name}]").click()
        expect(self.root).to_have_count(0)


class Mark:
    """What is shown at a field that somebody else changed too.

    :ivar root: the mark; there is none without a conflict
    """

    def __init__(self, field: Locator):
        self.root = field.locator(_OPEN)
        self.text = self.root.locator(".o_amanat_conflict_text")

    def keep_mine(self) -> None:
        self.root.locator(".o_amanat_keep_mine").click()

    def take_theirs(self) -> None:
        self.root.locator(".o_amanat_take_theirs").click()


def marks(page: Page) -> Locator:
    """All marks of open conflicts on a page."""
    return page.locator(_OPEN)


def infos(page: Page) -> Locator:
    """Toasts about what others changed."""
    return _toasts(page, "info")


def warnings(page: Page) -> Locator:
    """Toasts about conflicts."""
    return _toasts(page, "warning")


def _toasts(page: Page, kind: str) -> Locator:
    bar = page.locator(f".o_notification_bar.bg-{kind}")
    return page.locator(".o_notification.o_amanat_toast").filter(has=bar)
