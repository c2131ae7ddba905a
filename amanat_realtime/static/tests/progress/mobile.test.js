// Promise: on a small screen the bars fit, and can be cancelled by touch.
import {describe, expect, test} from "@odoo/hoot";
import {queryFirst, queryRect} from "@odoo/hoot-dom";
import {contains} from "@web/../tests/web_test_helpers";
import {defineLiveModels} from "../realtime_test_helpers";
import {mockProgress, mountMenu, newWork} from "./progress_test_helpers";

defineLiveModels();
describe.current.tags("mobile");

test("the menu fits into the screen", async () => {
    const work = newWork({
        name: "Import of a price list with a very long name ".repeat(3),
    });
    mockProgress({cancel: () => [{...work, cancelling: true}]});
    await mountMenu([work]);
    await contains(".o_amanat_progress_button").click();
    expect(queryRect(".o_amanat_progress_menu").width).toBeWithin(300, innerWidth);
    const {scrollWidth, clientWidth} = queryFirst(".o_amanat_progress_menu");
    expect(scrollWidth).toBe(clientWidth);
    await contains(".o_amanat_progress_cancel").click();
    expect.verifySteps([["cancel", [work.id]]]);
});
