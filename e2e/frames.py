"""How long a tab was busy: the tasks that held up a frame, as the browser saw them."""

from playwright.sync_api import Page

_OBSERVE = """() => {
    const log = (window.amanatTasks = []);
    new PerformanceObserver((list) => {
        log.push(...list.getEntries().map(({duration}) => duration));
    }).observe({type: "longtask"});
}"""

# what somebody who opens the list makes the browser draw: all rows, by core alone
_DRAW_ALL = """async () => {
    const {amanat_realtime} = odoo.__WOWL_DEBUG__.root.env.services;
    const {component} = [...amanat_realtime.patchers.values()].at(-1);
    const begin = performance.now();
    component.render(true);
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - begin;
}"""


class Frames:
    """The long tasks (50 ms and more) of a tab since it was made or cleared."""

    def __init__(self, page: Page):
        self.page = page
        page.evaluate(_OBSERVE)

    def clear(self) -> None:
        self.page.evaluate("() => { window.amanatTasks.length = 0 }")

    def long_tasks(self) -> list[float]:
        """Milliseconds that each of them took."""
        return self.page.evaluate("() => window.amanatTasks")

    def draw_all(self) -> float:
        """Milliseconds that core alone takes to draw the view of this tab once."""
        took = self.page.evaluate(_DRAW_ALL)
        self.clear()
        return took
