"""The browser: the one that is installed, never one that a test tool downloads."""

from tools import chromium

#: more beacons of closed tabs than Chromium loses in a row
LOST_BEACONS = 3
#: milliseconds; the browser's own back-off is long after some failures
BACK_OFF = 70_000

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # several windows at once: only one of them has the focus
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
]


def launch(playwright, *flags: str):
    """Start the browser.

    :param playwright: the entry point of the Playwright library
    :param flags: more than those that are always set
    """
    arguments = [*_FLAGS, *flags]
    return playwright.chromium.launch(executable_path=chromium.find(), args=arguments)
