import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {MockServer, mountView, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {JITTER, QUIET} from "@amanat_realtime/reports/pace";
import {subscribed, tell} from "../realtime_test_helpers";

export const db = () => MockServer.env["test.sheet"];

/**
 * @param {"graph" | "pivot" | "calendar"} type
 * @param {string} arch
 * @param {object} [params] more ones of `mountView`
 * @returns {Promise<object>} the view, which hears of all that it shows
 */
export async function mountReport(type, arch, params = {}) {
    const view = await mountView({type, resModel: "test.sheet", arch, ...params});
    await subscribed();
    return view;
}

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
