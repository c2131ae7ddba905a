import {expect} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {lockWebsocketConnect} from "@bus/../tests/bus_test_helpers";
import {WEBSOCKET_CLOSE_CODES} from "@bus/workers/websocket_worker";
import {
    getService,
    makeServerError,
    MockServer,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {ConnectionLostError, rpc} from "@web/core/network/rpc";
import {MESSAGE_TYPE} from "@amanat_realtime/core/message";
import {GRACE} from "@amanat_realtime/connection/connection";
import {POLL_INTERVAL} from "@amanat_realtime/connection/poller";
import {JOHN} from "../realtime_test_helpers";

export const connection = () => getService("amanat_realtime").connection;

/** Random parts are as expected in the mean. */
export function withoutJitter() {
    patchWithCleanup(Math, {random: () => 0.5});
}

/** The server of these tests: what it answers to polls, and whether it answers. */
export function mockHttp() {
    const server = {isLost: false, isExpired: false, polls: [], notifications: []};
    const expired = () =>
        makeServerError({errorName: "odoo.http.SessionExpiredException"});
    onRpc("/web/session/check", () => {
        if (server.isExpired) {
            throw expired();
        }
        return null;
    });
    onRpc("/websocket/peek_notifications", async (request) => {
        const {params} = await request.json();
        server.polls.push(params);
        if (server.isExpired) {
            throw expired();
        }
        return {channels: [], notifications: server.notifications.splice(0)};
    });
    patchWithCleanup(rpc, {
        _rpc(url) {
            if (server.isLost && url.startsWith("/web")) {
                server.polls.push(url);
                return Promise.reject(new ConnectionLostError(url));
            }
            return super._rpc(...arguments);
        },
    });
    return server;
}

/** A notification of ours, as a poll answers it. */
export const polled = (id, message) => ({
    id,
    message: {
        type: MESSAGE_TYPE,
        payload: {v: 1, model: "test.sheet", by: JOHN, tab: "another", ...message},
    },
});

/** Answers of the mock server, and what is done with them, take some frames. */
export async function pass(ms) {
    await advanceTime(ms);
    for (let i = 0; i < 5; i++) {
        await animationFrame();
    }
}

/** The worker waits seconds between its attempts, at random. */
export async function passUntil(condition) {
    for (let i = 0; i < 20 && !condition(); i++) {
        await pass(500);
    }
    expect(condition()).toBe(true);
}

export async function cut(code = WEBSOCKET_CLOSE_CODES.ABNORMAL_CLOSURE, reason = "") {
    MockServer.env["bus.bus"]._simulateDisconnection(code, reason);
    await pass(10);
}

/**
 * The websocket is lost, and refused from now on.
 *
 * @returns {Promise<() => void>} call it to let websockets through again
 */
export async function refuseWebsockets() {
    const unlock = lockWebsocketConnect();
    await cut();
    await passUntil(() => connection().poller.isRunning);
    await pass(GRACE);
    return unlock;
}

export async function nextPoll(factor = 1) {
    await pass(POLL_INTERVAL * factor + 10);
}

/** The browser says so. */
export async function goOffline() {
    window.dispatchEvent(new Event("offline"));
    await pass(GRACE + 10);
}

export async function goOnline() {
    window.dispatchEvent(new Event("online"));
    await pass(6000);
    await pass(100);
}

export function mockVisibility() {
    const tab = {isHidden: false};
    patchWithCleanup(document, {
        get visibilityState() {
            return tab.isHidden ? "hidden" : "visible";
        },
    });
    tab.set = async (isHidden) => {
        tab.isHidden = isHidden;
        document.dispatchEvent(new Event("visibilitychange"));
        await pass(1);
    };
    return tab;
}
