// Promise: without a websocket, what others save is asked for, gently: by visible tabs
// only, less often after failures, and each message is applied once.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {startBusService} from "@bus/../tests/bus_test_helpers";
import {
    getService,
    makeMockEnv,
    mountView,
    MockServer,
} from "@web/../tests/web_test_helpers";
import {MAX_POLL_DELAY, Poller} from "@amanat_realtime/connection/poller";
import {
    cell,
    defineLiveModels,
    makeLive,
    settle,
    stopClock,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";
import {
    connection,
    mockHttp,
    mockVisibility,
    nextPoll,
    pass,
    polled,
    refuseWebsockets,
    withoutJitter,
} from "./connection_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => stopClock());
beforeEach(() => makeLive());

const change = (from, to) => ({update: [{ids: [1], diff: {name: [from, to]}}]});

async function mountPolling() {
    const server = mockHttp();
    withoutJitter();
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list><field name="name"/></list>`,
    });
    await subscribed();
    await tellChange(1, "name", "first", "over the bus");
    server.unlock = await refuseWebsockets();
    // what may have been missed was read
    await settle();
    server.polls.length = 0;
    return server;
}

test("polls follow the channels of this tab, from the last message on", async () => {
    const server = await mountPolling();
    expect(connection().state).toBe("polling");
    await nextPoll();
    expect(server.polls).toHaveLength(1);
    const [{channels, last, is_first_poll: isFirst}] = server.polls;
    expect(channels).toEqual(["amanat_realtime:test.sheet"]);
    expect(last).toBeGreaterThan(0);
    expect(isFirst).toBe(false);
    MockServer.env["test.sheet"].write([1], {name: "polled"});
    server.notifications = [polled(last + 7, change("over the bus", "polled"))];
    await nextPoll();
    expect(cell(0, "name")).toHaveText("polled");
    await nextPoll();
    expect(server.polls.at(-1).last).toBe(last + 7);
});

test("the first poll of a session says so", async () => {
    const server = mockHttp();
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list><field name="name"/></list>`,
    });
    await subscribed();
    await refuseWebsockets();
    expect(server.polls[0].is_first_poll).toBe(true);
    await nextPoll(1.3);
    expect(server.polls.at(-1).is_first_poll).toBe(false);
});

test("what the bus brings after a poll brought it is not applied again", async () => {
    const server = await mountPolling();
    const {lastBusNotificationId: id} = MockServer.env["bus.bus"];
    MockServer.env["test.sheet"].write([1], {name: "b"});
    server.notifications = [
        polled(id + 1, change("over the bus", "a")),
        polled(id + 2, change("a", "b")),
    ];
    await nextPoll();
    expect(cell(0, "name")).toHaveText("b");
    getService("amanat_realtime").subscribe({
        resModel: "test.sheet",
        onChanges: ({update: [{diff}]}) => expect.step(diff.name),
    });
    server.unlock();
    await connection().reconnect();
    await pass(10);
    // the server sends what is after the last message that the socket brought
    await tell(change("over the bus", "a"));
    await tell(change("a", "b"));
    await settle();
    expect(cell(0, "name")).toHaveText("b");
    await tell(change("b", "c"));
    expect(cell(0, "name")).toHaveText("c");
    expect.verifySteps([["b", "c"]]);
});

test("a hidden tab does not poll, and does so when it is seen", async () => {
    const server = await mountPolling();
    const tab = mockVisibility();
    await tab.set(true);
    await pass(120_000);
    expect(server.polls).toHaveLength(0);
    await tab.set(false);
    expect(server.polls).toHaveLength(1);
});

test("failures are polled less and less often, and never given up", async () => {
    const server = await mountPolling();
    server.isLost = true;
    await nextPoll();
    expect(connection().state).toBe("offline");
    expect(connection().poller.failures).toBe(1);
    const {length} = server.polls;
    await pass(9000);
    expect(server.polls).toHaveLength(length);
    await pass(1100);
    expect(server.polls).toHaveLength(length + 1);
    await pass(19_000);
    expect(server.polls).toHaveLength(length + 1);
    await pass(1100);
    expect(server.polls).toHaveLength(length + 2);
    connection().poller.failures = 1000;
    server.isLost = false;
    await pass(MAX_POLL_DELAY);
    expect(connection().state).toBe("polling");
});

test("without a live view it is only looked whether the server answers", async () => {
    const server = mockHttp();
    withoutJitter();
    await makeMockEnv();
    await startBusService();
    await pass(10);
    await refuseWebsockets();
    expect(connection().state).toBe("polling");
    server.polls.length = 0;
    await nextPoll(8);
    expect(server.polls).toHaveLength(0);
    await nextPoll(4);
    expect(server.polls).toHaveLength(1);
    getService("amanat_realtime").subscribe({
        resModel: "test.sheet",
        onChanges: () => null,
    });
    await pass(10);
    expect(server.polls.at(-1).channels).toEqual(["amanat_realtime:test.sheet"]);
    await nextPoll();
    expect(server.polls).toHaveLength(3);
});

test("no two browsers poll in step", () => {
    const poller = new Poller({isFollowing: () => true});
    Object.assign(poller, {failures: 0});
    const delays = [...Array(20)].map(() => poller.nextDelay());
    expect(new Set(delays).size).toBeGreaterThan(10);
    expect(Math.min(...delays)).toBeGreaterThan(3900);
    expect(Math.max(...delays)).toBeLessThan(6100);
    poller.failures = 30;
    expect(poller.nextDelay()).toBeWithin(MAX_POLL_DELAY / 2, MAX_POLL_DELAY);
});

test("a session that ended stops the polls, without a dialog", async () => {
    const server = await mountPolling();
    server.isExpired = true;
    await nextPoll();
    expect(connection().offlineReason).toBe("session");
    expect(".o_dialog, .o_notification").toHaveCount(0);
    const {length} = server.polls;
    await pass(120_000);
    expect(server.polls).toHaveLength(length);
});

test("what was missed before the first poll is read", async () => {
    const server = mockHttp();
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list><field name="name"/></list>`,
    });
    await subscribed();
    MockServer.env["test.sheet"].write([1], {name: "missed"});
    await refuseWebsockets();
    await pass(3000);
    await settle();
    expect(server.polls).not.toHaveLength(0);
    expect(cell(0, "name")).toHaveText("missed");
});
