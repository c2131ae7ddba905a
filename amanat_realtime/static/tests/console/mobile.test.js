// Promise: on a phone the list stays on screen above the buttons, so that what they do is
// seen.
import {describe, expect, test} from "@odoo/hoot";
import {queryFirst, queryRect} from "@odoo/hoot-dom";
import {contains} from "@web/../tests/web_test_helpers";
import {defineLiveModels} from "../realtime_test_helpers";
import {button, mockConsole, openFull} from "./console_test_helpers";

defineLiveModels();
describe.current.tags("mobile");

test("the list stays above the buttons", async () => {
    const {calls} = mockConsole();
    await openFull();
    const top = queryRect(".o_amanat_console_stage").top;
    queryFirst(button("clean_up")).scrollIntoView({block: "end"});
    expect(queryRect(".o_amanat_console_stage").top).toBe(top);
    expect(".o_data_row:eq(0)").toBeVisible();
    await contains(button("clean_up")).click();
    expect(calls.at(-1).method).toBe("clean_up");
});
