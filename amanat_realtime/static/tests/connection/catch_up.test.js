// Promise: whatever a tab may have missed, it looks once at what it shows, and loses
// nothing that is being typed; no message takes a view back in time.
import {after, beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    contains,
    getService,
    MockServer,
    mountView,
} from "@web/../tests/web_test_helpers";
import {TICK, watchClock} from "@amanat_realtime/connection/clock_jump";
import {CATCH_UP_JITTER} from "@amanat_realtime/core/realtime_service";
import {
    cell,
    defineLiveModels,
    makeLive,
    settle,
    sleep,
    stepCalls,
    stopClock,
    subscribed,
    tell,
    tellAll,
    tellChange,
} from "../realtime_test_helpers";
import {
    connection,
    cut,
    goOffline,
    goOnline,
    mockHttp,
    mockVisibility,
    pass,
    passUntil,
    refuseWebsockets,
    withoutJitter,
} from "./connection_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => stopClock());
// or what is done once would be done twice when the first time comes very soon
beforeEach(() => withoutJitter());
beforeEach(() => makeLive());

async function mountList() {
    const server = mockHttp();
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list editable="top"><field name="name"/><field name="quantity"/></list>`,
    });
    await subscribed();
    stepCalls();
    return server;
}

const miss = (name) => MockServer.env["test.sheet"].write([1], {name});

async function waitForCatchUp() {
    await passUntil(() => connection().state === "live" && connection().isUp);
    await pass(CATCH_UP_JITTER);
    await settle();
    await settle();
}

test("back from offline: once", async () => {
    await mountList();
    await goOffline();
    miss("missed");
    await goOnline();
    await waitForCatchUp();
    expect(cell(0, "name")).toHaveText("missed");
    expect.verifySteps(["web_search_read"]);
});

test("connections that flap: once", async () => {
    await mountList();
    miss("missed");
    getService("amanat_realtime").subscribe({
        resModel: "test.sheet",
        onChanges: () => null,
        onCatchUp: () => expect.step("catch up"),
    });
    for (let i = 0; i < 3; i++) {
        await cut();
        await connection().reconnect();
        // the clock goes on by itself, too, on a busy machine
        await pass(10);
        expect(connection().isUp).toBe(true);
    }
    await waitForCatchUp();
    expect(cell(0, "name")).toHaveText("missed");
    expect.verifySteps(["catch up", "web_search_read"]);
});

test("from polling to live", async () => {
    await mountList();
    const unlock = await refuseWebsockets();
    await settle();
    expect.verifySteps(["web_search_read"]);
    miss("missed by the polls");
    unlock();
    await connection().reconnect();
    await waitForCatchUp();
    expect(cell(0, "name")).toHaveText("missed by the polls");
    expect.verifySteps(["web_search_read"]);
});

test("after the machine slept", async () => {
    await mountList();
    miss("while asleep");
    sleep(26 * 3600);
    await pass(TICK + 10);
    await waitForCatchUp();
    expect(cell(0, "name")).toHaveText("while asleep");
    expect.verifySteps(["web_search_read"]);
});

test("timers of a hidden tab that come once a minute are no sleep", async () => {
    after(watchClock(() => expect.step("woke up")));
    sleep(60 - TICK / 1000);
    await pass(TICK + 10);
    expect.verifySteps([]);
    sleep(60 + TICK / 1000);
    await pass(TICK);
    expect.verifySteps(["woke up"]);
});

test("a hidden tab catches up when it is seen", async () => {
    await mountList();
    const tab = mockVisibility();
    await tab.set(true);
    await cut();
    miss("missed");
    await waitForCatchUp();
    expect.verifySteps([]);
    await tab.set(false);
    await settle();
    expect(cell(0, "name")).toHaveText("missed");
    expect.verifySteps(["web_search_read"]);
});

test("what is being typed stays", async () => {
    await mountList();
    await contains(cell(0, "name")).click();
    await contains(".o_selected_row [name=name] input").edit("mine", {confirm: false});
    await goOffline();
    MockServer.env["test.sheet"].write([1], {quantity: 77});
    MockServer.env["test.sheet"].write([2], {name: "others"});
    await goOnline();
    await waitForCatchUp();
    expect(".o_selected_row [name=name] input").toHaveValue("mine");
    expect(".o_selected_row [name=quantity] input").toHaveValue("77");
    expect(cell(1, "name")).toHaveText("others");
    expect.verifySteps(["web_search_read"]);
});

test("no reads for a page that is logged out", async () => {
    const server = await mountList();
    server.isExpired = true;
    await cut();
    await passUntil(() => connection().isSessionExpired);
    await settle();
    expect.verifySteps([]);
});

test("a message that comes twice is nothing the second time", async () => {
    await mountList();
    const message = {update: [{ids: [1], diff: {name: ["first", "remote"]}}]};
    await tellChange(1, "name", "first", "remote");
    await tell(message);
    await settle();
    expect(cell(0, "name")).toHaveText("remote");
    expect.verifySteps([]);
    // and long after, when the value has gone on
    await tellChange(1, "name", "remote", "newer");
    await tell(message);
    await settle();
    expect(cell(0, "name")).toHaveText("newer");
    expect.verifySteps(["web_search_read"]);
});

test("messages out of order end in what is stored", async () => {
    await mountList();
    miss("c");
    const change = (...diff) => ({update: [{ids: [1], diff: {name: diff}}]});
    await tellAll([change("b", "c"), change("first", "b")]);
    await settle();
    await waitForCatchUp();
    expect(cell(0, "name")).toHaveText("c");
    expect.verifySteps(["web_search_read"]);
});

test("a message from before the data were read changes no value", async () => {
    await mountList();
    await tell({
        update: [{ids: [1], diff: {name: ["first", "old"]}}],
        at: luxon.DateTime.now().minus({hours: 25}).toUTC().toISO(),
    });
    expect(cell(0, "name")).toHaveText("first");
    await settle();
    expect(cell(0, "name")).toHaveText("first");
    expect.verifySteps(["web_search_read"]);
});
