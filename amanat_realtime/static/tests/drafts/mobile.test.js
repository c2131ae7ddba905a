// Promise: on a small screen the banner fits, and its buttons can be reached.
import {describe, expect, test} from "@odoo/hoot";
import {queryRect} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, mountView} from "@web/../tests/web_test_helpers";
import {defineLiveModels, subscribed} from "../realtime_test_helpers";
import {BANNER, DIALOG, draft, keepDrafts, REVIEW} from "./drafts_test_helpers";

defineLiveModels();
describe.current.tags("mobile");

test("the banner fits, and is used by touch", async () => {
    keepDrafts({1: [draft("quantity", {base: 5, mine: 11, theirs: 1})]});
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form><field name="name"/><field name="quantity"/></form>`,
    });
    await subscribed();
    await animationFrame();
    for (const target of [BANNER, `${BANNER} button:eq(0)`, `${BANNER} button:eq(1)`]) {
        const {left, right} = queryRect(target);
        expect(left).toBeGreaterThan(-1);
        expect(right).toBeLessThan(window.innerWidth + 1);
    }
    await contains(REVIEW).click();
    await contains(`${DIALOG} button[name=mine]`).click();
    await animationFrame();
    expect(".o_field_widget[name=quantity] input").toHaveValue("11");
    // when the form opened, for the question, and after the answer
    expect.verifySteps(Array(3).fill("get_drafts test.sheet 1"));
});
