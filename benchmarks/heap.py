"""The memory of a tab."""

from playwright.sync_api import Page


def heap_of(page: Page) -> float:
    """Megabytes of JavaScript's heap that are in use after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return used / 1e6
