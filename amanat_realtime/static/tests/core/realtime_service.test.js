// Promise: one service owns the bus; a tab hears what its views show, of their rooms,
// not its own echo; whatever arrives, or fails, Odoo goes on.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, runAllTimers} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    makeMockEnv,
    makeServerError,
    MockServer,
    mountView,
    mountViewInDialog,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {waitForChannels} from "@bus/../tests/bus_test_helpers";
import {WEBSOCKET_CLOSE_CODES} from "@bus/workers/websocket_worker";
import {ORM} from "@web/core/orm_service";
import {session} from "@web/session";
import {ConnectionLostError, rpc} from "@web/core/network/rpc";
import {LINGER} from "@amanat_realtime/core/realtime_service";
import {tabId} from "@amanat_realtime/core/tab_id";
import {RecordPatcher} from "@amanat_realtime/model/record_patcher";
import {
    cell,
    defineLiveModels,
    makeLive,
    settle,
    stepCalls,
    subscribed,
    tell,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

const ARCH = `<list><field name="name"/></list>`;
const mountList = (params = {}) =>
    mountView({type: "list", resModel: "test.sheet", arch: ARCH, ...params});
const change = (from, to) => ({update: [{ids: [1], diff: {name: [from, to]}}]});

test("the echo of what a view wrote itself is dropped", async () => {
    await mountList({arch: `<list editable="top"><field name="name"/></list>`});
    await subscribed();
    await contains(cell(0, "name")).click();
    await contains(".o_selected_row [name=name] input").edit("mine", {confirm: false});
    await contains(".o_list_button_save").click();
    stepCalls();
    await tell({...change("first", "echo"), create: [9], unlink: [2], tab: tabId});
    await settle();
    expect(cell(0, "name")).toHaveText("mine");
    expect(".o_data_row").toHaveCount(3);
    expect.verifySteps([]);
    await tell({
        ...change("mine", "other tab"),
        tab: "second",
        by: {id: 7, name: "me"},
    });
    expect(cell(0, "name")).toHaveText("other tab");
});

test("a view is told what something else in its tab wrote, without a toast", async () => {
    await mountList();
    await subscribed();
    await tell({...change("first", "mine"), unlink: [2], tab: tabId});
    expect(cell(0, "name")).toHaveText("mine");
    expect(".o_data_row").toHaveCount(2);
    expect(".o_notification").toHaveCount(0);
});

test("a dialog over a list: each shows what was saved in the other", async () => {
    await mountList({arch: `<list editable="top"><field name="name"/></list>`});
    await mountViewInDialog({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form><field name="name"/></form>`,
    });
    await subscribed();
    const input = ".o_dialog .o_field_widget[name=name] input";
    await contains(input).edit("mine");
    await contains(".o_dialog .o_form_button_save").click();
    stepCalls();
    await tell({...change("first", "mine"), tab: tabId});
    await settle();
    expect(cell(0, "name")).toHaveText("mine");
    expect(".o_notification, .o_amanat_conflict").toHaveCount(0);
    expect.verifySteps([]);
    await tell(change("mine", "remote"));
    expect(cell(0, "name")).toHaveText("remote");
    expect(input).toHaveValue("remote");
});

test("a view learns what it may not see any more by what it wrote", async () => {
    await mountList({arch: `<list editable="top"><field name="name"/></list>`});
    await subscribed();
    await contains(cell(0, "name")).click();
    await contains(".o_selected_row [name=name] input").edit("mine", {confirm: false});
    await contains(".o_list_button_save").click();
    await tell({...change("first", "echo"), leave: [2], tab: tabId});
    await settle();
    expect(".o_data_row").toHaveCount(2);
    expect(cell(0, "name")).toHaveText("mine");
});

test("every rpc carries the id of the tab, foreign hosts do not get it", async () => {
    patchWithCleanup(XMLHttpRequest.prototype, {
        open(method, url) {
            this.url = url;
            return super.open(...arguments);
        },
        setRequestHeader(name, value) {
            if (name === "X-Amanat-Realtime-Tab") {
                expect.step(`${this.url} ${value === tabId}`);
            }
            return super.setRequestHeader(...arguments);
        },
    });
    onRpc("/some/route", () => ({}));
    onRpc("https://example.com/route", () => ({}), {pure: true});
    await makeMockEnv();
    await rpc("/some/route");
    await rpc("https://example.com/route").catch(() => null);
    expect.verifySteps(["/some/route true"]);
});

test("tombstones, malformed and newer messages break nothing", async () => {
    patchWithCleanup(console, {
        warn: (text) => expect.step(text),
        error: (text) => expect.step(text),
    });
    await mountList();
    await subscribed();
    const channel = {channel: "amanat_realtime:test.sheet"};
    await tell(null, channel);
    await tell({}, channel);
    await tell({update: [{ids: "all"}]});
    await tell({update: [{ids: "all"}]});
    await tell({v: 1, model: "test.sheet", create: {a: 1}});
    expect.verifySteps([
        "[amanat_realtime] malformed message ignored (ids)",
        "[amanat_realtime] malformed message ignored (create)",
    ]);
    MockServer.env["test.sheet"].write([1], {name: "from the future"});
    await tell({v: 2, changes: "of a format nobody here knows"});
    await advanceTime(2100);
    await settle();
    expect(cell(0, "name")).toHaveText("from the future");
    await tell(change("from the future", "fine"));
    expect(cell(0, "name")).toHaveText("fine");
    expect.verifySteps([]);
});

test("a patch that fails is logged once, and looked up instead", async () => {
    patchWithCleanup(console, {error: (text) => expect.step(text)});
    patchWithCleanup(RecordPatcher.prototype, {
        applyChange() {
            throw new Error("boom");
        },
    });
    await mountList();
    await subscribed();
    MockServer.env["test.sheet"].write([1], {name: "remote"});
    await tell(change("first", "remote"));
    await tell(change("first", "remote"));
    await settle();
    expect(cell(0, "name")).toHaveText("remote");
    expect(".o_dialog").toHaveCount(0);
    expect.verifySteps(["[amanat_realtime] a live patch failed"]);
});

test("a read that finds no connection is made later", async () => {
    await mountList();
    await subscribed();
    let online = false;
    patchWithCleanup(ORM.prototype, {
        async webSearchRead() {
            if (!online) {
                expect.step("no connection");
                throw new ConnectionLostError("/web");
            }
            return super.webSearchRead(...arguments);
        },
    });
    MockServer.env["test.sheet"].write([1], {name: "later"});
    await tell({update: [{ids: [1], stale: ["name"]}]});
    await settle();
    expect(cell(0, "name")).toHaveText("first");
    online = true;
    await advanceTime(5100);
    await settle();
    expect(cell(0, "name")).toHaveText("later");
    expect.verifySteps(["no connection"]);
});

test("a read that the server fails to answer is made again, less and less often", async () => {
    patchWithCleanup(console, {error: (text) => expect.step(text)});
    await mountList();
    await subscribed();
    let failures = 2;
    onRpc("test.sheet", "web_search_read", ({parent}) => {
        if (failures--) {
            expect.step("failed");
            throw makeServerError({message: "out of memory"});
        }
        return parent();
    });
    MockServer.env["test.sheet"].write([1], {name: "later"});
    await tell({update: [{ids: [1], stale: ["name"]}]});
    await settle();
    expect.verifySteps(["failed", "[amanat_realtime] could not read again"]);
    await advanceTime(5100);
    await settle();
    expect.verifySteps(["failed"]);
    await advanceTime(5100);
    expect(cell(0, "name")).toHaveText("first");
    await advanceTime(5100);
    await settle();
    expect(cell(0, "name")).toHaveText("later");
});

test("models that are not live are left alone", async () => {
    makeLive([]);
    await makeMockEnv();
    patchWithCleanup(getService("bus_service"), {
        addChannel: async (channel) => expect.step(channel),
    });
    await mountList();
    expect(".o_data_row").toHaveCount(3);
    await runAllTimers();
    expect.verifySteps([]);
});

test("without session information nothing is live", async () => {
    patchWithCleanup(session, {amanat_realtime: undefined});
    await mountList();
    expect(getService("amanat_realtime").isLive("test.sheet")).toBe(false);
    expect(".o_data_row").toHaveCount(3);
});

test("channels are shared, and released when nobody comes back", async () => {
    await makeMockEnv();
    patchWithCleanup(getService("bus_service"), {
        addChannel: async (channel) => expect.step(`add ${channel}`),
        deleteChannel: (channel) => expect.step(`delete ${channel}`),
    });
    const realtime = getService("amanat_realtime");
    const params = {resModel: "test.sheet", onChanges: () => null};
    const stops = [realtime.subscribe(params), realtime.subscribe(params)];
    const stopRoom = realtime.subscribe({...params, room: "2026-11"});
    expect.verifySteps([
        "add amanat_realtime:test.sheet",
        "add amanat_realtime:test.sheet:2026-11",
    ]);
    stops[0]();
    stops[0]();
    expect.verifySteps([]);
    stops[1]();
    stopRoom();
    expect.verifySteps([]);
    await advanceTime(LINGER);
    expect.verifySteps([
        "delete amanat_realtime:test.sheet",
        "delete amanat_realtime:test.sheet:2026-11",
    ]);
});

test("a view of a room hears its room only", async () => {
    await mountList({context: {amanat_realtime_room: "2026-11"}});
    const channel = "amanat_realtime:test.sheet:2026-11";
    await waitForChannels([channel]);
    await tell({...change("first", "elsewhere"), room: "2026-10"}, {channel});
    expect(cell(0, "name")).toHaveText("first");
    await tell({...change("first", "here"), room: "2026-11"}, {channel});
    expect(cell(0, "name")).toHaveText("here");
});

test("a view of a room hears what is said in every room of its model", async () => {
    await mountList({context: {amanat_realtime_room: "2026-11"}});
    const channel = "amanat_realtime:test.sheet:2026-11";
    await waitForChannels([channel]);
    await tell({...change("first", "line"), room: "*", model: "test.line"}, {channel});
    expect(cell(0, "name")).toHaveText("first");
    await tell({...change("first", "here"), room: "*"}, {channel});
    expect(cell(0, "name")).toHaveText("here");
});

test("a view of the whole model hears nothing of what is said in every room", async () => {
    await mountList();
    await subscribed();
    await tell({...change("first", "rooms"), room: "*"});
    expect(cell(0, "name")).toHaveText("first");
});

test("a dialog hears the whole model, whatever room it was opened from", async () => {
    await mountViewInDialog({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form><field name="name"/></form>`,
        context: {amanat_realtime_room: "2026-11"},
    });
    await subscribed();
    await tell(change("first", "remote"));
    expect(".o_dialog .o_field_widget[name=name] input").toHaveValue("remote");
});

test("a hidden tab is patched, but reads only when it is looked at", async () => {
    await mountList();
    await subscribed();
    stepCalls();
    const visibility = Object.getOwnPropertyDescriptor(
        Document.prototype,
        "visibilityState"
    );
    patchWithCleanup(document, {
        get visibilityState() {
            return hidden ? "hidden" : visibility.get.call(document);
        },
    });
    let hidden = true;
    MockServer.env["test.sheet"].write([2], {name: "read later"});
    await tell({
        update: [
            {ids: [1], diff: {name: ["first", "remote"]}},
            {ids: [2], stale: ["name"]},
        ],
    });
    await settle();
    expect(cell(0, "name")).toHaveText("remote");
    expect.verifySteps([]);
    hidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    await settle();
    expect(cell(1, "name")).toHaveText("read later");
    expect.verifySteps(["web_search_read"]);
});

test("sample data are not patched, and go when a record comes", async () => {
    await mountList({
        arch: `<list sample="1"><field name="name"/></list>`,
        domain: [["name", "=", "wanted"]],
        noContentHelp: "Nothing yet",
    });
    await subscribed();
    expect(".o_view_sample_data").toHaveCount(1);
    await tell(change("anything", "x"));
    await settle();
    expect(".o_view_sample_data").toHaveCount(1);
    const [id] = MockServer.env["test.sheet"].create([{name: "wanted"}]);
    await tell({create: [id]});
    await settle();
    expect(".o_view_sample_data").toHaveCount(0);
    expect(".o_data_row").toHaveCount(1);
    expect(cell(0, "name")).toHaveText("wanted");
});

test("after a lost connection every view is read once", async () => {
    await mountList();
    await subscribed();
    stepCalls();
    MockServer.env["test.sheet"].write([1], {name: "missed"});
    MockServer.env["bus.bus"]._simulateDisconnection(
        WEBSOCKET_CLOSE_CODES.ABNORMAL_CLOSURE
    );
    for (let i = 0; i < 8; i++) {
        await advanceTime(1500);
        await animationFrame();
    }
    expect(cell(0, "name")).toHaveText("missed");
    expect.verifySteps(["web_search_read"]);
});

test("models of closed views are not kept because they wrote once", async () => {
    await makeMockEnv();
    const {ownWriters} = getService("amanat_realtime");
    ownWriters.begin({})();
    await advanceTime(5000);
    ownWriters.begin({})();
    expect(ownWriters.writers.size).toBe(1);
});

test("others may follow a model", async () => {
    await makeMockEnv();
    const stop = getService("amanat_realtime").subscribe({
        resModel: "test.sheet",
        onChanges: ({create, by}) => expect.step(`${create} by ${by.name}`),
    });
    await subscribed();
    await tell({create: [4]});
    stop();
    expect.verifySteps(["4 by John"]);
});

test("developers see in their console what is heard, others do not", async () => {
    await mountList();
    await subscribed();
    patchWithCleanup(console, {
        debug: (what, {create}) => expect.step(`${what}: ${create}`),
    });
    await tell({create: [9]});
    expect.verifySteps([]);
    patchWithCleanup(odoo, {debug: "1"});
    await tell({create: [10]});
    expect.verifySteps(["[amanat_realtime] heard amanat_realtime/changes: 10"]);
});
