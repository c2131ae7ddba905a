// Promise: without a connection nothing that was typed is lost: it stays where it is,
// with its reason in words, and is saved, and compared, when the connection is back.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    contains,
    getService,
    MockServer,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {ORM} from "@web/core/orm_service";
import {BASE_KEY} from "@amanat_realtime/conflict/sent_bases";
import {ConnectionLostError} from "@web/core/network/rpc";
import {
    cell,
    defineLiveModels,
    makeLive,
    Sheet,
    subscribed,
} from "../realtime_test_helpers";
import {
    goOffline,
    goOnline,
    mockHttp,
    mockVisibility,
    pass,
} from "./connection_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

const BANNER = ".o_amanat_offline_banner";
const NAME = ".o_field_widget[name=name] input";

async function mountForm(
    arch = `<form><field name="name"/><field name="quantity"/></form>`
) {
    const server = mockHttp();
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        resIds: [1, 2],
        arch,
    });
    await subscribed();
    return server;
}

async function loseServer(server) {
    server.isLost = true;
    await goOffline();
}

async function findServer(server) {
    server.isLost = false;
    await goOnline();
}

test("a form says that it is offline, and keeps what is typed", async () => {
    const server = await mountForm();
    expect(BANNER).toHaveCount(0);
    await loseServer(server);
    expect(BANNER).toHaveText(/You are offline\. What you type is kept here/);
    await contains(NAME).edit("mine");
    await contains(".o_form_button_save").click();
    await contains(".o_form_button_save").click();
    expect(".o_notification").toHaveCount(1);
    expect(".o_notification").toHaveText(
        /your changes are kept here, and not saved yet/
    );
    expect(".o_dialog").toHaveCount(0);
    expect(NAME).toHaveValue("mine");
    expect(".o_form_button_save").toBeVisible();
});

test("when the connection is back it is saved from there, with its base", async () => {
    const server = await mountForm();
    await loseServer(server);
    await contains(NAME).edit("mine");
    await findServer(server);
    expect(BANNER).toHaveText(/Connection is back: you have unsaved changes/);
    onRpc("test.sheet", "web_save", ({kwargs}) => {
        expect.step(JSON.stringify(kwargs.context[BASE_KEY]));
    });
    await contains(`${BANNER} .o_amanat_save_kept`).click();
    expect.verifySteps([JSON.stringify({1: {name: "first"}})]);
    expect(BANNER).toHaveCount(0);
    expect(MockServer.env["test.sheet"].browse(1)[0].name).toBe("mine");
});

test("nothing is said of unsaved changes where there are none", async () => {
    const server = await mountForm();
    await loseServer(server);
    await findServer(server);
    expect(BANNER).toHaveCount(0);
    await contains(NAME).edit("later");
    expect(BANNER).toHaveCount(0);
});

test("discarded changes are not offered", async () => {
    const server = await mountForm();
    await loseServer(server);
    await contains(NAME).edit("mine");
    await contains(".o_form_button_cancel").click();
    await findServer(server);
    expect(BANNER).toHaveCount(0);
    expect(NAME).toHaveValue("first");
});

test("a form with unsaved changes is not left", async () => {
    const server = await mountForm();
    await loseServer(server);
    await contains(NAME).edit("mine");
    await contains(".o_pager_next").click();
    await pass(1);
    expect(NAME).toHaveValue("mine");
    expect(".o_dialog").toHaveCount(0);
});

test("what is saved when a tab is hidden waits", async () => {
    const server = await mountForm();
    await loseServer(server);
    await contains(NAME).edit("mine");
    const tab = mockVisibility();
    await tab.set(true);
    await tab.set(false);
    expect(NAME).toHaveValue("mine");
    expect(".o_dialog").toHaveCount(0);
    expect(".o_form_button_save").toBeVisible();
});

test("a field whose onchange finds no server keeps its text, and is asked later", async () => {
    Sheet._onChanges = {name: (record) => (record.quantity = 42)};
    const server = await mountForm(
        `<form><field name="name" on_change="1"/><field name="quantity"/></form>`
    );
    await loseServer(server);
    await contains(NAME).edit("mine");
    expect(NAME).toHaveValue("mine");
    await findServer(server);
    await contains(`${BANNER} .o_amanat_save_kept`).click();
    const [stored] = MockServer.env["test.sheet"].browse(1);
    expect(stored.name).toBe("mine");
    expect(stored.quantity).toBe(42);
    Sheet._onChanges = {};
});

test("closing a page that cannot save asks first", async () => {
    const server = await mountForm();
    await loseServer(server);
    const leave = () => {
        const event = new Event("beforeunload", {cancelable: true});
        window.dispatchEvent(event);
        return event.defaultPrevented;
    };
    patchWithCleanup(navigator, {sendBeacon: () => expect.step("beacon")});
    await contains(NAME).edit("mine");
    expect(leave()).toBe(true);
    await pass(1);
    expect.verifySteps([]);
});

test("an edited row stays in edition", async () => {
    const server = mockHttp();
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list editable="top"><field name="name"/></list>`,
    });
    await subscribed();
    await loseServer(server);
    expect(BANNER).toHaveCount(0);
    await contains(cell(0, "name")).click();
    expect(BANNER).toHaveText(/You are offline/);
    await contains(".o_selected_row [name=name] input").edit("mine", {confirm: false});
    await contains(cell(1, "name")).click();
    await pass(1);
    expect(".o_selected_row [name=name] input").toHaveValue("mine");
    expect(".o_dialog").toHaveCount(0);
    await findServer(server);
    expect(BANNER).toHaveText(/Connection is back/);
    await contains(`${BANNER} .o_amanat_save_kept`).click();
    expect(MockServer.env["test.sheet"].browse(1)[0].name).toBe("mine");
    expect(BANNER).toHaveCount(0);
});

test("a dragged card goes back, and is not saved later by something else", async () => {
    const server = mockHttp();
    await mountView({
        type: "kanban",
        resModel: "test.sheet",
        groupBy: ["state"],
        arch: `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`,
    });
    await subscribed();
    await loseServer(server);
    await contains(".o_kanban_group:first .o_kanban_record:first").dragAndDrop(
        ".o_kanban_group:last"
    );
    await pass(1);
    expect(".o_kanban_group:first .o_kanban_record").toHaveCount(2);
    expect(".o_kanban_group:last .o_kanban_record").toHaveCount(1);
    expect(".o_notification").toHaveText(/the change was not saved/);
    expect(".o_dialog").toHaveCount(0);
    await findServer(server);
    expect(MockServer.env["test.sheet"].browse(1)[0].state).toBe("draft");
});

test("a save that is lost before anything else tells so is kept too", async () => {
    await mountForm();
    patchWithCleanup(ORM.prototype, {
        webSave() {
            throw new ConnectionLostError("/web");
        },
    });
    await contains(NAME).edit("mine");
    await contains(".o_form_button_save").click();
    expect(NAME).toHaveValue("mine");
    expect(".o_notification").toHaveText(/kept here/);
    expect(getService("amanat_realtime").connection.state).toBe("live");
});
