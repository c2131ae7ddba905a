// Promise: a small screen is as live as a large one.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {MockServer, mountView} from "@web/../tests/web_test_helpers";
import {
    defineLiveModels,
    makeLive,
    settle,
    subscribed,
    tell,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("mobile");
beforeEach(() => makeLive());

test("cards and their number follow", async () => {
    await mountView({
        type: "kanban",
        resModel: "test.sheet",
        arch: `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`,
    });
    await subscribed();
    const [id] = MockServer.env["test.sheet"].create([{name: "new"}]);
    MockServer.env["test.sheet"].write([1], {name: "remote"});
    await tell({create: [id], update: [{ids: [1], diff: {name: ["first", "remote"]}}]});
    await settle();
    expect(".o_kanban_record:eq(0)").toHaveText("remote");
    expect(".o_kanban_record:not(.o_kanban_ghost)").toHaveCount(4);
});

test("a form says that its record is gone", async () => {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form><field name="name"/></form>`,
    });
    await subscribed();
    await tell({unlink: [1]});
    expect(".o_amanat_gone_banner").toHaveText(/This record was deleted by John/);
});
