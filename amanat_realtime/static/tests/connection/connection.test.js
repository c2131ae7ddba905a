// Promise: a tab knows at any time how it hears of others: over the websocket, by
// polling, or not at all; short interruptions are not shown.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {lockWebsocketConnect, startBusService} from "@bus/../tests/bus_test_helpers";
import {WEBSOCKET_CLOSE_CODES} from "@bus/workers/websocket_worker";
import {getService, makeMockEnv} from "@web/../tests/web_test_helpers";
import {GRACE} from "@amanat_realtime/connection/connection";
import {CONNECT_PATIENCE} from "@amanat_realtime/connection/socket_watch";
import {defineLiveModels, makeLive, stopClock} from "../realtime_test_helpers";
import {
    connection,
    cut,
    goOffline,
    goOnline,
    mockHttp,
    pass,
    passUntil,
    refuseWebsockets,
} from "./connection_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => stopClock());
beforeEach(() => makeLive());

async function makeConnected() {
    const server = mockHttp();
    await makeMockEnv();
    await startBusService();
    await pass(100);
    return server;
}

test("nothing is lost before anything was started", async () => {
    mockHttp();
    await makeMockEnv();
    getService("bus_service").trigger("BUS:WORKER_STATE_UPDATED", "IDLE");
    await pass(GRACE + 10);
    expect(["idle", "live"]).toInclude(connection().state);
    expect(connection().attempt).toBe(0);
});

test("connected is live", async () => {
    await makeConnected();
    expect(connection().state).toBe("live");
    expect(connection().closed).toBe(null);
    expect(Date.now() - connection().heardAt).toBeLessThan(60_000);
});

test("a short interruption is not shown", async () => {
    await makeConnected();
    const states = [];
    await cut();
    for (let i = 0; i < 8; i++) {
        await pass(500);
        states.push(connection().state);
    }
    expect(states.every((state) => state === "live")).toBe(true);
});

test("a lost websocket: reconnecting, then polling, then live", async () => {
    const server = await makeConnected();
    const unlock = lockWebsocketConnect();
    let answer = () => null;
    const answered = new Promise((resolve) => (answer = resolve));
    const {poller} = connection();
    const {poll} = poller;
    poller.poll = async (params) => {
        await answered;
        return poll(params);
    };
    await cut();
    for (let i = 0; i < 4; i++) {
        await pass(GRACE / 5);
    }
    expect(connection().state).toBe("live");
    await pass(GRACE / 5);
    expect(connection().state).toBe("reconnecting");
    expect(connection().attempt).toBeGreaterThan(1);
    expect(connection().closed.code).toBe(WEBSOCKET_CLOSE_CODES.ABNORMAL_CLOSURE);
    await passUntil(() => poller.isRunning);
    expect(connection().state).toBe("reconnecting");
    answer();
    await pass(10);
    expect(connection().state).toBe("polling");
    expect(server.polls).toHaveLength(1);
    unlock();
    await connection().reconnect();
    await pass(100);
    expect(connection().state).toBe("live");
    expect(connection().attempt).toBe(0);
    const {length} = server.polls;
    await pass(60_000);
    expect(server.polls).toHaveLength(length);
});

test("no answer to a poll either: offline, until one is answered", async () => {
    const server = await makeConnected();
    server.isLost = true;
    await refuseWebsockets();
    expect(connection().state).toBe("offline");
    expect(connection().offlineReason).toBe("server");
    server.isLost = false;
    await pass(70_000);
    expect(connection().state).toBe("polling");
    expect(connection().offlineReason).toBe("");
});

test("the browser is offline, and comes back", async () => {
    await makeConnected();
    await goOffline();
    expect(connection().state).toBe("offline");
    expect(connection().offlineReason).toBe("network");
    window.dispatchEvent(new Event("online"));
    await pass(10);
    expect(connection().state).toBe("reconnecting");
    expect(connection().nextTryAt - Date.now()).toBeWithin(4000, 5000);
    await pass(6000);
    await pass(100);
    expect(connection().state).toBe("live");
});

test("offline and back at once is not shown", async () => {
    await makeConnected();
    window.dispatchEvent(new Event("offline"));
    await pass(1000);
    window.dispatchEvent(new Event("online"));
    await pass(1000);
    expect(connection().state).toBe("live");
    await goOnline();
    expect(connection().state).toBe("live");
});

test("a tab that joins a worker without a connection", async () => {
    mockHttp();
    lockWebsocketConnect();
    await makeMockEnv();
    const bus = getService("bus_service");
    bus.trigger("BUS:WORKER_STATE_UPDATED", "DISCONNECTED");
    await pass(GRACE + 10);
    expect(connection().state).not.toBe("live");
    bus.trigger("BUS:WORKER_STATE_UPDATED", "CONNECTED");
    await pass(1);
    expect(connection().state).toBe("live");
});

test("an upgrade that is never answered is not waited for", async () => {
    const server = await makeConnected();
    const bus = getService("bus_service");
    bus.trigger("BUS:DISCONNECT", {code: 1006});
    bus.trigger("BUS:RECONNECTING", {closeCode: 1006});
    bus.trigger("BUS:WORKER_STATE_UPDATED", "CONNECTING");
    await pass(GRACE + 10);
    expect(connection().state).toBe("reconnecting");
    expect(connection().isTrying).toBe(true);
    await pass(CONNECT_PATIENCE);
    expect(connection().state).toBe("polling");
    expect(server.polls).not.toHaveLength(0);
});

test("the next try is told as the worker counts it", async () => {
    await makeConnected();
    const bus = getService("bus_service");
    const {socket} = connection();
    bus.trigger("BUS:WORKER_STATE_UPDATED", "DISCONNECTED");
    bus.trigger("BUS:DISCONNECT", {code: 1006});
    bus.trigger("BUS:RECONNECTING", {closeCode: 1006});
    expect(connection().nextTryAt - Date.now()).toBeWithin(1500, 2500);
    for (let i = 0; i < 20; i++) {
        socket.onWorkerState("CONNECTING");
        socket.onWorkerState("DISCONNECTED");
    }
    expect(socket.nextTryAt - Date.now()).toBeWithin(60_000, 61_000);
    socket.onWorkerState("CONNECTED");
    socket.onWorkerState("DISCONNECTED");
    socket.onReconnecting(WEBSOCKET_CLOSE_CODES.KEEP_ALIVE_TIMEOUT);
    expect(socket.nextTryAt - Date.now()).toBeWithin(0, 1000);
});

test("a worker that gave up is not waited for", async () => {
    const server = await makeConnected();
    await cut(WEBSOCKET_CLOSE_CODES.CLEAN, "OUTDATED_VERSION");
    await pass(GRACE + 10);
    expect(connection().state).toBe("polling");
    expect(connection().attempt).toBe(0);
    expect(server.polls).not.toHaveLength(0);
});

test("a session that ended is told after the connection is back", async () => {
    const server = await makeConnected();
    server.isExpired = true;
    await cut(WEBSOCKET_CLOSE_CODES.SESSION_EXPIRED);
    await passUntil(() => connection().state === "offline");
    expect(connection().state).toBe("offline");
    expect(connection().offlineReason).toBe("session");
    expect(connection().isSessionExpired).toBe(true);
    expect(".o_dialog").toHaveCount(0);
});
