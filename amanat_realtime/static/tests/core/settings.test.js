// Promise: when the server says that it has changed what is live, views that are open
// follow or stop to, without a reload and without an error.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {waitNotifications} from "@bus/../tests/bus_test_helpers";
import {
    MockServer,
    contains,
    getService,
    makeMockEnv,
    mountView,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";
import {ConnectionBadge} from "@amanat_realtime/connection/connection_badge";
import {BASE_KEY} from "@amanat_realtime/conflict/sent_bases";
import {
    SETTINGS_JITTER,
    SETTINGS_TYPE,
    SETTINGS_URL,
} from "@amanat_realtime/core/settings_reader";
import {
    CHANGE_GAP,
    HEARTBEAT,
    PRESENCE_URL,
} from "@amanat_realtime/presence/presence_reporter";
import {settleReport} from "../reports/reports_test_helpers";
import {
    cell,
    defineLiveModels,
    makeLive,
    settle,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const mountList = () =>
    mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list><field name="name"/></list>`,
    });

let settings = {};
beforeEach(() => {
    settings = {models: ["test.sheet"]};
    onRpc(SETTINGS_URL, () => settings);
});

/** The server has other settings now, and says so. */
async function change(changed) {
    settings = changed;
    MockServer.env["bus.bus"]._sendone("broadcast", SETTINGS_TYPE, {});
    await waitNotifications([SETTINGS_TYPE]);
    await advanceTime(SETTINGS_JITTER);
    await animationFrame();
}

test("a list that was open becomes live, and catches up", async () => {
    makeLive([]);
    await mountList();
    MockServer.env["test.sheet"].write([1], {name: "before it was live"});
    expect(cell(0, "name")).toHaveText("first");
    await change({models: ["test.sheet"]});
    await settle();
    expect(cell(0, "name")).toHaveText("before it was live");
    await subscribed();
    await tellChange(2, "name", "second", "told");
    expect(cell(1, "name")).toHaveText("told");
});

test("a list whose model was switched off stops following", async () => {
    makeLive();
    await mountList();
    await subscribed();
    patchWithCleanup(getService("bus_service"), {
        deleteChannel: (channel) => expect.step(channel),
    });
    await change({models: []});
    expect.verifySteps(["amanat_realtime:test.sheet"]);
    await tell(
        {update: [{ids: [1], diff: {name: ["first", "not told"]}}]},
        {channel: "broadcast"}
    );
    expect(cell(0, "name")).toHaveText("first");
});

test("off and on again while a view is left", async () => {
    makeLive();
    await makeMockEnv();
    patchWithCleanup(getService("bus_service"), {
        addChannel: async () => expect.step("add"),
        deleteChannel: () => expect.step("delete"),
    });
    const realtime = getService("amanat_realtime");
    const params = {resModel: "test.sheet", onChanges: () => null};
    const stop = realtime.subscribe(params);
    stop();
    await change({models: []});
    await change({models: ["test.sheet"]});
    expect.verifySteps(["add", "delete"]);
    realtime.subscribe(params);
    expect.verifySteps(["add"]);
    // The first one would be let go of now.
    await advanceTime(10 * 60_000);
    expect.verifySteps([]);
    expect(realtime.isFollowed("test.sheet")).toBe(true);
});

test("who opened no view of it asks nothing but the settings", async () => {
    makeLive([]);
    await makeMockEnv();
    getService("amanat_realtime");
    onRpc("*", ({method}) => expect.step(method || "route"));
    await change({models: ["test.sheet"], toasts_off: ["test.sheet"]});
    expect(session.amanat_realtime.toasts_off).toEqual(["test.sheet"]);
    expect.verifySteps([]);
});

test("a server that fails is asked again", async () => {
    makeLive([]);
    await makeMockEnv();
    let isFailing = true;
    onRpc(SETTINGS_URL, () => {
        expect.step("asked");
        if (isFailing) {
            throw new Error("not now");
        }
        return settings;
    });
    patchWithCleanup(console, {error: () => expect.step("logged")});
    await change({models: ["test.sheet"]});
    expect.verifySteps(["asked", "logged"]);
    expect(getService("amanat_realtime").isLive("test.sheet")).toBe(false);
    isFailing = false;
    await advanceTime(5000);
    await animationFrame();
    expect.verifySteps(["asked"]);
    expect(getService("amanat_realtime").isLive("test.sheet")).toBe(true);
});

test("a pivot that was open becomes live, and catches up", async () => {
    makeLive([]);
    await mountView({
        type: "pivot",
        resModel: "test.sheet",
        arch: `<pivot><field name="quantity" type="measure"/></pivot>`,
    });
    expect(".o_pivot_cell_value").toHaveText("6");
    MockServer.env["test.sheet"].write([1], {quantity: 11});
    await change({models: ["test.sheet"]});
    await settleReport();
    expect(".o_pivot_cell_value").toHaveText("16");
    await subscribed();
    MockServer.env["test.sheet"].write([1], {quantity: 21});
    await tell({update: [{ids: [1], diff: {quantity: [11, 21]}}]});
    await settleReport();
    expect(".o_pivot_cell_value").toHaveText("26");
});

test("where one is, is told when presence is switched on, and no more when off", async () => {
    const on = {models: ["test.sheet"], presence: {enabled: true, off: []}};
    const off = {
        models: ["test.sheet"],
        presence: {enabled: true, off: ["test.sheet"]},
    };
    makeLive(off.models, {presence: {enabled: false, off: []}});
    onRpc(PRESENCE_URL, async (request) => {
        const {params} = await request.json();
        expect.step(params.places.map(({model}) => model));
        return {ttl: 30, present: []};
    });
    await mountList();
    await subscribed();
    await advanceTime(HEARTBEAT);
    expect.verifySteps([]);
    await change(on);
    await advanceTime(CHANGE_GAP);
    expect.verifySteps([["test.sheet"]]);
    await change(off);
    await advanceTime(CHANGE_GAP);
    expect.verifySteps([[]]);
    await advanceTime(HEARTBEAT);
    expect.verifySteps([]);
});

test("the badge is there while anything is live", async () => {
    makeLive();
    await makeMockEnv();
    await mountWithCleanup(ConnectionBadge);
    expect(".o_amanat_connection").toHaveCount(1);
    await change({models: []});
    expect(".o_amanat_connection").toHaveCount(0);
    await change({models: ["test.sheet"]});
    expect(".o_amanat_connection").toHaveCount(1);
});

// -----------------------------------------------------------------------------
// Settings of a model
// -----------------------------------------------------------------------------

const form = {
    type: "form",
    resModel: "test.sheet",
    resId: 1,
    arch: `<form><field name="name"/><field name="quantity"/></form>`,
};

test("a model without notices", async () => {
    makeLive(["test.sheet"], {toasts_off: ["test.sheet"]});
    await mountList();
    await subscribed();
    await tellChange(1, "name", "first", "theirs");
    expect(cell(0, "name")).toHaveText("theirs");
    expect(".o_notification").toHaveCount(0);
    await change({models: ["test.sheet"], toasts_off: []});
    await tellChange(2, "name", "second", "theirs");
    expect(".o_notification").toHaveCount(1);
});

test("a model without conflict guard: the last save wins", async () => {
    makeLive(["test.sheet"], {conflicts_off: ["test.sheet"]});
    onRpc("test.sheet", "web_save", ({args, kwargs}) => {
        expect.step(args[1]);
        expect(BASE_KEY in kwargs.context).toBe(false);
    });
    await mountView(form);
    await subscribed();
    await contains("[name=name] input").edit("mine");
    await tellChange(1, "name", "first", "theirs");
    expect("[name=name] input").toHaveValue("mine");
    expect(".o_amanat_conflict").toHaveCount(0);
    expect(".o_notification").toHaveCount(0);
    await contains(".o_form_button_save").click();
    expect.verifySteps([{name: "mine"}]);
});

test("with it, the person is asked", async () => {
    makeLive();
    await mountView(form);
    await subscribed();
    await contains("[name=name] input").edit("mine");
    await tellChange(1, "name", "first", "theirs");
    expect("[name=name] input").toHaveValue("mine");
    expect(".o_amanat_conflict").not.toHaveCount(0);
});
