// Promise: whatever is on its way when a message comes (a load, a save, an unfolding, a
// silent read), the view ends with the newest values and without a jump back.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryOne} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    MockServer,
    mountView,
    onRpc,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import {
    cell,
    defineLiveModels,
    makeLive,
    pager,
    settle,
    stopClock,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

const ARCH = `<list editable="top"><field name="name"/><field name="quantity"/></list>`;
const db = () => MockServer.env["test.sheet"];

/** Answers are computed at once, but arrive when `arrive` says so. */
function delayAnswers(method) {
    const gate = new Deferred();
    let open = false;
    onRpc("test.sheet", method, async ({parent}) => {
        const result = await parent();
        expect.step(method);
        if (!open) {
            await gate;
        }
        return result;
    });
    return () => {
        open = true;
        gate.resolve();
    };
}

test("a message that overtakes a reload is applied after it", async () => {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: ARCH,
        searchViewArch: `<search><filter name="d" string="Drafts" domain="[('state', '=', 'draft')]"/></search>`,
    });
    await subscribed();
    const arrive = delayAnswers("web_search_read");
    await toggleSearchBarMenu();
    await toggleMenuItem("Drafts");
    await tellChange(1, "name", "first", "remote");
    expect(cell(0, "name")).toHaveText("remote");
    arrive();
    await settle();
    expect(".o_data_row").toHaveCount(2);
    expect(cell(0, "name")).toHaveText("remote");
    expect.verifySteps(["web_search_read"]);
});

test("a message that overtakes the first load is applied after it", async () => {
    const arrive = delayAnswers("web_search_read");
    const mounted = mountView({type: "list", resModel: "test.sheet", arch: ARCH});
    await subscribed();
    await tellChange(1, "name", "first", "remote");
    arrive();
    await mounted;
    await settle();
    expect(cell(0, "name")).toHaveText("remote");
    expect.verifySteps(["web_search_read"]);
});

test("a message that overtakes an unfolding group is applied after it", async () => {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: ARCH,
        groupBy: ["partner_id"],
    });
    await subscribed();
    const arrive = delayAnswers("web_search_read");
    queryOne(".o_group_header:eq(0)").click();
    await animationFrame();
    await tellChange(1, "name", "first", "remote");
    arrive();
    await settle();
    expect(cell(0, "name")).toHaveText("remote");
    expect.verifySteps(["web_search_read"]);
});

test("a message that overtakes a silent read is not undone by it", async () => {
    await mountView({type: "list", resModel: "test.sheet", arch: ARCH});
    await subscribed();
    const arrive = delayAnswers("web_search_read");
    await tell({update: [{ids: [1], stale: ["name"]}]});
    await settle();
    await tellChange(1, "name", "first", "remote");
    arrive();
    await settle();
    expect(cell(0, "name")).toHaveText("remote");
    expect.verifySteps(["web_search_read"]);
});

test("a row added but not saved stays in place and in the count", async () => {
    const searchViewArch = "<search/>";
    await mountView({type: "list", resModel: "test.sheet", arch: ARCH, searchViewArch});
    await subscribed();
    await contains(".o_list_button_add").click();
    await contains(`.o_selected_row [name=name] input`).edit("draft", {confirm: false});
    const input = queryOne(`.o_selected_row [name=name] input`);
    const [id] = db().create([{name: "remote"}]);
    await tell({create: [id]});
    await settle();
    expect(".o_data_row").toHaveCount(5);
    expect(input).toBeFocused();
    expect(input).toHaveValue("draft");
    await contains(".o_list_button_discard").click();
    expect(".o_data_row").toHaveCount(4);
    expect(pager).toHaveText("1-4");
});

test("a view that is closed asks nothing more", async () => {
    stopClock();
    const view = await mountView({type: "list", resModel: "test.sheet", arch: ARCH});
    await subscribed();
    onRpc("test.sheet", "*", ({method}) => expect.step(method));
    await tell({update: [{ids: [1], stale: ["name"]}]});
    view.__owl__.app.destroy();
    await settle();
    expect.verifySteps([]);
});
