// Promise: the systray tells how live this tab is, in words as well as in looks, and what
// can be done about it; who runs the server is told where to look.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {startBusService} from "@bus/../tests/bus_test_helpers";
import {
    contains,
    getService,
    makeMockEnv,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {ConnectionBadge} from "@amanat_realtime/connection/connection_badge";
import {closeReason} from "@amanat_realtime/connection/close_reason";
import {defineLiveModels, makeLive, stopClock} from "../realtime_test_helpers";
import {
    connection,
    goOffline,
    mockHttp,
    pass,
    refuseWebsockets,
} from "./connection_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => stopClock());
beforeEach(() => makeLive());

const BUTTON = ".o_amanat_connection";
const DETAILS = ".o_amanat_connection_details";
const STATUS = ".o_amanat_connection_item [role=status]";

async function mountBadge() {
    const server = mockHttp();
    await makeMockEnv();
    await mountWithCleanup(ConnectionBadge);
    await startBusService();
    await pass(1);
    return server;
}

test("live is discreet", async () => {
    await mountBadge();
    expect(BUTTON).toHaveAttribute("data-amanat-state", "live");
    expect(BUTTON).toHaveAttribute("aria-label", "Live");
    expect(".o_amanat_connection_label").not.toBeVisible();
    await contains(BUTTON).click();
    expect(DETAILS).toHaveText(/What others save is shown at once/);
    expect(DETAILS).toHaveText(/Last heard from the server/);
    expect(`${DETAILS} button`).toHaveCount(0);
});

test("the age goes on only while it is looked at", async () => {
    await mountBadge();
    await contains(BUTTON).click();
    const {heardAt} = connection();
    await pass(Math.max(0, heardAt + 40_000 - Date.now()) + 1500);
    expect(DETAILS).toHaveText(/Last heard from the server 4\d seconds ago/);
    await contains(BUTTON).click();
    expect(DETAILS).toHaveCount(0);
});

test("polling is told, and a new attempt can be asked for", async () => {
    const server = await mountBadge();
    const unlock = await refuseWebsockets();
    expect(BUTTON).toHaveAttribute("data-amanat-state", "polling");
    expect(".o_amanat_connection_label").toBeVisible();
    expect(STATUS).toHaveText(/Polling.*asked for every 5 seconds/);
    await contains(BUTTON).click();
    expect(DETAILS).toHaveText(/Attempt \d+/);
    expect(DETAILS).toHaveText(/Last error: the connection broke off/);
    unlock();
    const {length} = server.polls;
    patchWithCleanup(getService("bus_service"), {
        start() {
            expect.step("start");
            return super.start();
        },
    });
    patchWithCleanup(connection().socket, {isConnecting: false});
    connection().isTrying = false;
    await pass(1);
    await contains(`${DETAILS} button`).click();
    expect.verifySteps(["start"]);
    expect(server.polls.length).toBeGreaterThan(length);
    await pass(3000);
    expect(BUTTON).toHaveAttribute("data-amanat-state", "live");
});

test("offline says why", async () => {
    await mountBadge();
    await goOffline();
    expect(BUTTON).toHaveAttribute("data-amanat-state", "offline");
    expect(BUTTON).toHaveAttribute("title", "This device has no network.");
    await contains(BUTTON).click();
    expect(`${DETAILS} button, .o_amanat_connection_fact:contains(error)`).toHaveCount(
        0
    );
    expect(STATUS).toHaveText(/Offline\. This device has no network/);
});

test("a session that ended: reload", async () => {
    await mountBadge();
    patchWithCleanup(browser.location, {reload: () => expect.step("reload")});
    connection().onSessionExpired();
    await pass(1);
    expect(BUTTON).toHaveAttribute("aria-label", "Session ended");
    await contains(BUTTON).click();
    await contains(`${DETAILS} button:contains(Reload)`).click();
    expect.verifySteps(["reload"]);
});

test("it is shown only to those who may have live views", async () => {
    await makeMockEnv();
    const {isDisplayed} = registry
        .category("systray")
        .get("amanat_realtime.connection");
    const env = {services: {amanat_realtime: {}}};
    expect(isDisplayed(env)).toBe(true);
    patchWithCleanup(session, {amanat_realtime: undefined});
    expect(isDisplayed(env)).toBe(false);
});

test("administrators are told what to look at", async () => {
    patchWithCleanup(user, {isSystem: true});
    onRpc("/websocket/health", () => ({status: "pass"}));
    await mountBadge();
    await refuseWebsockets();
    await contains(BUTTON).click();
    await pass(1);
    expect(".o_amanat_connection_hint").toHaveText(/does not route \/websocket/);
});

test("a gevent worker that is down is told apart", async () => {
    patchWithCleanup(user, {isSystem: true});
    await mountBadge();
    patchWithCleanup(browser, {fetch: async () => ({ok: false})});
    await refuseWebsockets();
    await contains(BUTTON).click();
    await pass(1);
    expect(".o_amanat_connection_hint").toHaveText(/is the gevent port \(8072\) open/);
});

test("nobody else is troubled with proxies", async () => {
    patchWithCleanup(user, {isSystem: false, hasGroup: async () => false});
    await mountBadge();
    await refuseWebsockets();
    await contains(BUTTON).click();
    await pass(1);
    expect(".o_amanat_connection_hint").toHaveCount(0);
});

test("every way a connection ends has words", async () => {
    await makeMockEnv();
    expect(closeReason({code: 1012})).toMatch(/restarting/);
    expect(closeReason({code: 1013})).toMatch(/busy/);
    expect(closeReason({code: 1000, reason: "OUTDATED_VERSION"})).toMatch(/reload/);
    expect(closeReason({code: 4999})).toMatch(/4999/);
});
