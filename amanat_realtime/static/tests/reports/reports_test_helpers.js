import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {MockServer, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {JITTER, QUIET} from "@amanat_realtime/reports/pace";
import {tell} from "../realtime_test_helpers";

export const db = () => MockServer.env["test.sheet"];

/** Let what was told be read, whatever the pace is, and drawn. */
export async function settleReport() {
    await advanceTime(QUIET + JITTER + 10);
    await animationFrame();
    await animationFrame();
}

/** Somebody else saves one record; the browser is told of it. */
export async function save(id, values, extra = {}) {
    db().write([id], values);
    const diff = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, [null, value]])
    );
    await tell({update: [{ids: [id], diff}], ...extra});
}

/** @returns {(isHidden: boolean) => void} hides the tab, or shows it again */
export function mockVisibility() {
    const visibility = Object.getOwnPropertyDescriptor(
        Document.prototype,
        "visibilityState"
    );
    let isHidden = false;
    patchWithCleanup(document, {
        get visibilityState() {
            return isHidden ? "hidden" : visibility.get.call(document);
        },
    });
    return (value) => {
        isHidden = value;
        document.dispatchEvent(new Event("visibilitychange"));
    };
}
