// Promise: the server knows where this tab is, from few requests, and forgets it when
// the tab is elsewhere.
import {describe, expect, test} from "@odoo/hoot";
import {advanceTime, Deferred, mockSendBeacon} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    mountView,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {tabId} from "@amanat_realtime/core/tab_id";
import {mockVisibility} from "../reports/reports_test_helpers";
import {cell, defineLiveModels} from "../realtime_test_helpers";
import {at, drawn, makePresent, reported} from "./presence_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const FORM = `<form><field name="name"/><field name="note"/></form>`;
const LIST = `<list editable="top"><field name="name"/><field name="quantity"/></list>`;
const mountForm = () =>
    mountView({type: "form", resModel: "test.sheet", resId: 1, arch: FORM});
const mountList = (params) =>
    mountView({type: "list", resModel: "test.sheet", arch: LIST, ...params});
const nameInput = ".o_field_widget[name=name] input";

test("a list, in the room of its action", async () => {
    const {reports} = makePresent();
    await mountList({context: {amanat_realtime_room: "2026-11"}});
    await reported();
    expect(reports).toEqual([[at("viewing", {room: "2026-11"})]]);
});

test("a graph is a page, too", async () => {
    const {reports} = makePresent();
    await mountView({
        type: "graph",
        resModel: "test.sheet",
        arch: `<graph><field name="state"/></graph>`,
    });
    await reported();
    expect(reports.at(-1)).toEqual([at("viewing")]);
});

test("a form: viewed, edited, typed in, left", async () => {
    const {reports} = makePresent();
    await mountForm();
    await reported();
    expect(reports.at(-1)).toEqual([at("viewing", {id: 1})]);
    await contains(nameInput).click();
    await advanceTime(1000);
    expect(reports.at(-1)).toEqual([at("editing", {id: 1, field: "name"})]);
    await contains(nameInput).edit("typed", {confirm: false});
    await advanceTime(1000);
    expect(reports.at(-1)).toEqual([
        at("editing", {id: 1, field: "name", typing: true}),
    ]);
    await advanceTime(3500);
    expect(reports.at(-1)).toEqual([at("editing", {id: 1, field: "name"})]);
    await contains(".o_form_button_cancel").click();
    document.activeElement.blur();
    await advanceTime(1500);
    expect(reports.at(-1)).toEqual([at("viewing", {id: 1})]);
});

test("a row in edition, beside its list", async () => {
    const {reports} = makePresent();
    await mountList();
    await reported();
    await contains(cell(1, "quantity")).click();
    await advanceTime(1500);
    expect(reports.at(-1)).toEqual([
        at("viewing"),
        at("editing", {id: 2, field: "quantity"}),
    ]);
    await contains(".o_list_button_discard").click();
    await advanceTime(1000);
    expect(reports.at(-1)).toEqual([at("viewing")]);
});

test("many changes are few reports, and the last one is told", async () => {
    const {reports} = makePresent();
    await mountForm();
    await reported();
    reports.length = 0;
    for (const name of ["name", "note", "name", "note"]) {
        await contains(`.o_field_widget[name=${name}] .o_input`).click();
        await advanceTime(100);
    }
    await advanceTime(1000);
    expect(reports).toEqual([[at("editing", {id: 1, field: "note"})]]);
});

test("one request at a time; what changed meanwhile is told after it", async () => {
    const server = makePresent();
    const answered = new Deferred();
    server.answer = () => answered.then(() => ({ttl: 30, present: []}));
    await mountForm();
    await reported();
    await contains(nameInput).click();
    await advanceTime(5000);
    expect(server.reports).toHaveLength(1);
    answered.resolve();
    await reported();
    await advanceTime(1000);
    expect(server.reports).toHaveLength(2);
    expect(server.reports[1]).toEqual([at("editing", {id: 1, field: "name"})]);
});

test("a heartbeat every 10 s, every 20 s and idle while hidden", async () => {
    const {reports} = makePresent();
    const setHidden = mockVisibility();
    await mountForm();
    await reported();
    reports.length = 0;
    await advanceTime(9000);
    expect(reports).toHaveLength(0);
    await advanceTime(1000);
    expect(reports).toEqual([[at("viewing", {id: 1})]]);
    setHidden(true);
    await advanceTime(1100);
    expect(reports.at(-1)).toEqual([at("idle", {id: 1})]);
    reports.length = 0;
    await advanceTime(18_000);
    expect(reports).toHaveLength(0);
    await advanceTime(2000);
    expect(reports).toEqual([[at("idle", {id: 1})]]);
    setHidden(false);
    await advanceTime(1100);
    expect(reports.at(-1)).toEqual([at("viewing", {id: 1})]);
});

test("a view that closes is told within two seconds, and then nothing more", async () => {
    const {reports} = makePresent();
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "test.sheet",
        views: [[false, "list"]],
    });
    await reported();
    expect(reports.at(-1)).toEqual([at("viewing")]);
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "test.partner",
        views: [[false, "list"]],
    });
    await advanceTime(1500);
    expect(reports.at(-1)).toEqual([]);
    reports.length = 0;
    await advanceTime(30_000);
    expect(reports).toHaveLength(0);
});

test("a page that goes says so without waiting", async () => {
    makePresent();
    mockSendBeacon(async (route, blob) => {
        const {params} = JSON.parse(await blob.text());
        expect.step([route, blob.type, params]);
        return true;
    });
    await mountForm();
    await reported();
    window.dispatchEvent(new Event("pagehide"));
    await drawn();
    const params = {tab: tabId, number: 2, places: []};
    expect.verifySteps([["/amanat_realtime/presence", "application/json", params]]);
});

test("a page that went says nothing more, unless it comes back", async () => {
    const {reports} = makePresent();
    mockSendBeacon(() => true);
    await mountForm();
    await reported();
    reports.length = 0;
    window.dispatchEvent(new Event("pagehide"));
    document.dispatchEvent(new Event("visibilitychange"));
    await advanceTime(60_000);
    expect(reports).toHaveLength(0);
    window.dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}));
    await reported();
    expect(reports).toEqual([[at("viewing", {id: 1})]]);
});

test("nothing while offline, at once when online again", async () => {
    const {reports} = makePresent();
    await mountForm();
    await reported();
    reports.length = 0;
    window.dispatchEvent(new Event("offline"));
    await contains(nameInput).click();
    await advanceTime(60_000);
    expect(reports).toHaveLength(0);
    window.dispatchEvent(new Event("online"));
    await reported();
    expect(reports).toEqual([[at("editing", {id: 1, field: "name"})]]);
});

test("a refused report is made again, less and less often, and not shown", async () => {
    const server = makePresent();
    server.answer = () => {
        throw new Error("no");
    };
    patchWithCleanup(console, {error: (text) => expect.step(text)});
    await mountForm();
    await reported();
    await advanceTime(4000);
    expect(server.reports).toHaveLength(1);
    await advanceTime(6500);
    expect(server.reports).toHaveLength(2);
    await advanceTime(8000);
    expect(server.reports).toHaveLength(2);
    server.answer = null;
    await advanceTime(4000);
    expect(server.reports).toHaveLength(3);
    expect(".o_notification, .o_error_dialog").toHaveCount(0);
    expect.verifySteps(["[amanat_realtime] could not tell presence"]);
});

test("nothing is reported where presence is switched off", async () => {
    onRpc("/amanat_realtime/presence", () => expect.step("report"));
    makePresent({off: ["test.sheet"]});
    await mountForm();
    await advanceTime(30_000);
    expect.verifySteps([]);
    expect(".o_amanat_presence").toHaveCount(0);
});

test("nothing is reported in a database without presence", async () => {
    const {reports} = makePresent({enabled: false});
    await mountForm();
    await contains(nameInput).click();
    await advanceTime(30_000);
    expect(reports).toHaveLength(0);
    expect(".o_amanat_presence").toHaveCount(0);
});
