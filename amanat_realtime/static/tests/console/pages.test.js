// Promise: each button of the test console asks the server for what it says, as another
// person in another tab; a conflict comes where one types; who came is gone afterwards.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryAllAttributes, queryFirst} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {startBusService} from "@bus/../tests/bus_test_helpers";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {
    BULK_STAY,
    CONSOLE_ACTIONS,
    OUTAGE,
    STAY,
} from "@amanat_realtime/console/console_actions";
import {tabId} from "@amanat_realtime/core/tab_id";
import {
    cell,
    defineLiveModels,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";
import {button, mockConsole, open, openFull} from "./console_test_helpers";
import {mockHttp, pass} from "../connection/connection_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const NEWS = ".o_amanat_console_news";
const ENTRY = ".o_amanat_console_entry";

let server = null;
beforeEach(() => {
    server = mockConsole();
});

const methods = () =>
    server.calls.map(({method}) => method).filter((m) => m !== "begin");
const places = () => server.calls.map(({args}) => args[2]).filter(Boolean);

async function push(id) {
    await contains(button(id)).click();
    await animationFrame();
}

test("the list shows what the other person has, and is live", async () => {
    await openFull();
    expect(".o_data_row").toHaveCount(2);
    expect(".o_amanat_console_records .o_control_panel").toHaveCount(0);
    await tellChange(1, "quantity", 1, 77);
    expect(cell(0, "quantity")).toHaveText("77");
    expect(ENTRY).toHaveCount(1);
    expect(ENTRY).toHaveText(/1 changed \(quantity\)/);
});

test("each button asks for what it says, as somebody else", async () => {
    await openFull();
    for (const [id, method] of [
        ["edit", "edit"],
        ["create", "create_records"],
        ["delete", "delete_records"],
        ["notification", "notify"],
        ["progress", "work"],
        ["clean_up", "clean_up"],
    ]) {
        server.calls = [];
        await push(id);
        expect(methods()).toEqual([method]);
        expect(NEWS).not.toHaveText(/Press a button/);
    }
    const {tab} = getService("amanat_realtime_console").person;
    expect(tab).toMatch(/^[0-9a-f]{24}$/);
    expect(tab).not.toBe(tabId);
    expect(server.calls.map((call) => call.tab)).toEqual([tab]);
});

test("each button says what to look at, to those who hear it too", async () => {
    await openFull();
    const ids = queryAllAttributes(".o_amanat_console_action button", "data-action");
    expect(ids).toEqual(CONSOLE_ACTIONS.map(({id}) => id));
    for (const help of queryAllAttributes(
        ".o_amanat_console_action button",
        "aria-describedby"
    )) {
        expect(queryFirst(`#${help}`).textContent.length).toBeGreaterThan(20);
    }
});

test("a button at work cannot be pressed again, the others can", async () => {
    const done = new Deferred();
    server.answers.edit = () => done;
    await openFull();
    await push("edit");
    expect(button("edit")).toHaveAttribute("aria-disabled", "true");
    await push("edit");
    await push("notification");
    expect(methods()).toEqual(["edit", "notify"]);
    done.resolve({id: 1, field: "quantity"});
    await animationFrame();
    expect(button("edit")).toHaveAttribute("aria-disabled", "false");
    expect(NEWS).toHaveText("Changed: field quantity of record #1.");
});

test("an error is shown as Odoo does, and the button is free again", async () => {
    expect.errors(1);
    server.answers.edit = () =>
        Promise.reject(makeServerError({message: "No records"}));
    await openFull();
    await push("edit");
    await animationFrame();
    expect.verifyErrors(["No records"]);
    expect(".o_dialog").toHaveText(/No records/);
    expect(button("edit")).toHaveAttribute("aria-disabled", "false");
});

test("bulk: created, changed, looked at, deleted", async () => {
    await openFull();
    server.answers.create_records = [5, 6];
    await push("bulk");
    expect(methods()).toEqual(["create_records", "change_records"]);
    await advanceTime(BULK_STAY);
    expect(methods().at(-1)).toBe("delete_records");
    expect(server.calls.slice(1).map(({args}) => args)).toEqual([
        [300],
        [[5, 6]],
        [[5, 6]],
    ]);
});

test("bulk: what was created is deleted if the change fails", async () => {
    expect.errors(1);
    await openFull();
    server.answers.change_records = () => Promise.reject(makeServerError());
    await push("bulk");
    await animationFrame();
    expect(methods().at(-1)).toBe("delete_records");
    expect.verifyErrors(["Odoo Server Error"]);
});

test("presence: a walk that ends", async () => {
    await openFull();
    await push("presence");
    expect(places()).toEqual(["list"]);
    await advanceTime(STAY);
    await advanceTime(STAY);
    expect(places()).toEqual(["list", "record", "field"]);
    await advanceTime(STAY);
    expect(places()).toEqual(["list", "record", "field", "gone"]);
    expect(server.calls.slice(1).map(({args}) => args[1])).toEqual([1, 2, 3, 4]);
});

test("presence: nobody is left behind", async () => {
    await openFull();
    server.answers.presence = () => ({disabled: true});
    await push("presence");
    expect(places()).toEqual(["list", "gone"]);
    expect(NEWS).toHaveText(/Presence is switched off/);
});

test("conflict: in the cell that one types in, which keeps its text", async () => {
    await openFull();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("5", {confirm: false});
    await push("conflict");
    expect(methods()).toEqual(["conflict"]);
    expect(server.calls.at(-1).args).toEqual([1, "quantity"]);
    expect(`${cell(0, "quantity")} input`).toBeFocused();
    expect(`${cell(0, "quantity")} input`).toHaveValue("5");
});

test("conflict: pressed first, it waits for the typing", async () => {
    await openFull();
    await push("conflict");
    expect(methods()).toEqual([]);
    expect(NEWS).toHaveText(/now type in a cell/);
    await contains(cell(1, "name")).click();
    await contains(`${cell(1, "name")} input`).edit("mine", {confirm: false});
    await animationFrame();
    expect(methods()).toEqual(["conflict"]);
    expect(server.calls.at(-1).args).toEqual([2, "name"]);
    expect(NEWS).toHaveText(/has written in field name/);
    await contains(`${cell(1, "name")} input`).edit("mine too", {confirm: false});
    expect(methods()).toEqual(["conflict"]);
});

test("conflict: pressed twice, it does not wait any more", async () => {
    await openFull();
    await push("conflict");
    await push("conflict");
    expect(NEWS).toHaveText(/does not wait/);
    await contains(cell(1, "name")).click();
    await contains(`${cell(1, "name")} input`).edit("mine", {confirm: false});
    expect(methods()).toEqual([]);
});

test("disconnect: polling, and back by itself", async () => {
    const http = mockHttp();
    await openFull();
    const {connection} = getService("amanat_realtime");
    await startBusService();
    await pass(1);
    expect(connection.isUp).toBe(true);
    await push("disconnect");
    await pass(4000);
    expect(connection.state).toBe("polling");
    expect(".o_amanat_console_connection").toHaveText(/Polling/);
    expect(http.polls.length).toBeGreaterThan(0);
    await pass(OUTAGE);
    expect(connection.state).toBe("live");
});

test("reconnect: back at once, and not a second time", async () => {
    mockHttp();
    await openFull();
    const {connection} = getService("amanat_realtime");
    await startBusService();
    await push("disconnect");
    await pass(4000);
    patchWithCleanup(connection, {
        reconnect() {
            expect.step("reconnect");
            return super.reconnect();
        },
    });
    await push("reconnect");
    await pass(1000);
    expect(connection.state).toBe("live");
    await pass(OUTAGE);
    window.dispatchEvent(new Event("pagehide"));
    expect.verifySteps(["reconnect"]);
});

test("disconnect: back when the page is closed", async () => {
    mockHttp();
    await openFull();
    const {connection} = getService("amanat_realtime");
    await push("disconnect");
    patchWithCleanup(connection, {reconnect: () => expect.step("reconnect")});
    window.dispatchEvent(new Event("pagehide"));
    expect.verifySteps(["reconnect"]);
});

test("everything by keyboard", async () => {
    await openFull();
    queryFirst(button("edit")).focus();
    await press("Enter");
    await animationFrame();
    expect(methods()).toEqual(["edit"]);
    expect(button("edit")).toBeFocused();
});

test("the simple page: connection and last messages", async () => {
    await open("simple");
    expect(methods()).toEqual(["info"]);
    await subscribed();
    expect(".o_amanat_console_connection").toHaveText(/Live/);
    expect(".o_amanat_console").toHaveText(/No message so far/);
    await tell({update: [{ids: [1], diff: {name: ["<b>a</b>", "b"]}}]});
    expect(".o_amanat_console_last tbody tr").toHaveCount(1);
    expect(".o_amanat_console_last tbody tr").toHaveText(
        /test.sheet.*1 changed \(name\)/
    );
    expect(".o_amanat_console").not.toHaveText(/No message so far/);
});

test("a tab that does not open the console keeps no log", async () => {
    await mountWithCleanup(WebClient);
    const {log} = getService("amanat_realtime_console");
    await getService("bus_service").addChannel("amanat_realtime:test.sheet");
    await subscribed();
    await tell({create: [1]});
    expect(log.entries).toHaveLength(0);
});

test("the log goes on while another page is looked at", async () => {
    await open("simple");
    await subscribed();
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "amanat_realtime.console_full",
    });
    await tell({create: [1]});
    await tell({unlink: [9]});
    expect(ENTRY).toHaveCount(2);
});
