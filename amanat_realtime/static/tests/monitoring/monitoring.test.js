// Promise: the monitoring screen says what the server reports, when it is from, and what
// to look at; it asks again while somebody sees it; its switches show what is.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {
    contains,
    getService,
    makeMockEnv,
    makeServerError,
} from "@web/../tests/web_test_helpers";
import {setupChartJsForTests} from "@web/../tests/views/graph/graph_test_helpers";
import {LARGE_BUS, MUCH_MEMORY, SLOW, hintsOf} from "@amanat_realtime/monitoring/hints";
import {POLL_INTERVAL} from "@amanat_realtime/connection/poller";
import {defineLiveModels, makeLive} from "../realtime_test_helpers";
import {
    mockVisibility,
    pass,
    withoutJitter,
} from "../connection/connection_test_helpers";
import {
    CONTACTS,
    makeReport,
    mockMonitor,
    openScreen,
    row,
    tile,
} from "./monitoring_test_helpers";

const {DateTime} = luxon;

defineLiveModels();
setupChartJsForTests();
describe.current.tags("desktop");
beforeEach(() => {
    makeLive();
    withoutJitter();
});

const clock = (at) => DateTime.fromISO(at).toLocaleString(DateTime.TIME_WITH_SECONDS);

/** Of so many minutes, the last one first. */
const minutes = (...messages) =>
    messages.map((count, index) => ({
        at: `2026-11-26T12:0${index}:00.000000Z`,
        messages: count,
        delivered: 2 * count,
        bytes: 300 * count,
    }));

test("figures, and when they are from", async () => {
    const report = makeReport({
        sockets: 5,
        people: 3,
        per_minute: {messages: 7.5, delivered: 15, bytes: 4608, polls: 0},
        latency: {count: 3, buckets: [[20, 25, 3]], p50: 22.5, p95: 24.7, p99: 1234},
        bus: {rows: 1234, exact: true, bytes: 3 * 1024 ** 2},
        evented: {memory: 150 * 1024 ** 2, limited: 1024 ** 3, limit: 2 * 1024 ** 3},
    });
    mockMonitor(report);
    await openScreen();
    expect(".o_amanat_monitoring_time").toHaveText(`Figures of ${clock(report.at)}`);
    expect(tile("people")).toHaveText("3");
    expect(tile("sockets")).toHaveText("5");
    expect(tile("messages")).toHaveText("7.5");
    expect(tile("bytes")).toHaveText("4.50 Kb");
    expect(tile("p50")).toHaveText("23 ms");
    expect(tile("p99")).toHaveText("1.2 s");
    expect(tile("bus")).toHaveText("3.00 Mb");
    expect("[data-tile=bus]").toHaveText(/1,234 rows\./);
    expect(tile("memory")).toHaveText("150.00 Mb");
    expect("[data-tile=memory]").toHaveText(/1.00 Gb of 2.00 Gb/);
    expect(".o_amanat_monitoring_hints").toHaveCount(0);
});

test("nothing has happened yet", async () => {
    mockMonitor();
    await openScreen();
    expect(tile("people")).toHaveText("0");
    expect(tile("p95")).toHaveText("–");
    expect(tile("memory")).toHaveText("Unknown");
    expect("canvas").toHaveCount(0);
    expect("[data-chart=traffic]").toHaveText(/Nothing was changed in the last hour/);
    expect("[data-chart=latency]").toHaveText(/Nothing was measured/);
    expect(".o_amanat_monitoring_page").toHaveText(/No model is live/);
});

test("what is unknown is not 0", async () => {
    const unknown = {...CONTACTS, views: null, people: null};
    mockMonitor(makeReport({sockets: null, people: null, models: [unknown]}));
    await openScreen();
    expect(tile("people")).toHaveText("Unknown");
    expect(tile("sockets")).toHaveText("Unknown");
    expect(`${row("res.partner")} .o_amanat_monitoring_views`).toHaveText("Unknown");
    expect("[data-hint=unknown]").toHaveCount(1);
});

test("measuring is switched off", async () => {
    mockMonitor(makeReport({samples: false}));
    await openScreen();
    expect("[data-chart=latency]").toHaveText(/switched off in the settings/);
});

test("charts say the same as tables", async () => {
    const latency = {
        count: 3,
        buckets: [
            [20, 25, 2],
            [25, 31.5, 0],
            [100_000, null, 1],
        ],
        p50: 23,
        p95: 30,
        p99: 31,
    };
    mockMonitor(makeReport({latency, minutes: minutes(0, 4)}));
    await openScreen();
    expect("canvas").toHaveCount(2);
    expect("[data-chart=latency] canvas").toHaveAttribute(
        "aria-label",
        "From save to screen, last hour (3 measured). The same is in the table below."
    );
    await contains("[data-chart=latency] summary").click();
    expect(queryAllTexts("[data-chart=latency] tbody tr")).toEqual([
        "up to 25 ms 2",
        "up to 32 ms 0",
        "over 100.0 s 1",
    ]);
    await contains("[data-chart=traffic] summary").click();
    expect(queryAllTexts("[data-chart=traffic] tbody td")).toEqual([
        "0",
        "0",
        "4",
        "8",
    ]);
});

test("it is asked again while the tab is visible, and charts stay", async () => {
    const server = mockMonitor(makeReport({minutes: minutes(1)}));
    const tab = mockVisibility();
    await openScreen();
    const canvas = queryOne("canvas");
    expect(server.asked).toBe(1);
    server.report = makeReport({sockets: 9, minutes: minutes(1, 2)});
    await pass(POLL_INTERVAL);
    expect(server.asked).toBe(2);
    expect(tile("sockets")).toHaveText("9");
    expect(queryOne("canvas")).toBe(canvas);
    await tab.set(true);
    await pass(10 * POLL_INTERVAL);
    expect(server.asked).toBe(2);
    await tab.set(false);
    expect(server.asked).toBe(3);
});

test("nothing is asked after the screen was left", async () => {
    const server = mockMonitor();
    await openScreen();
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "test.sheet",
        views: [[false, "list"]],
    });
    await pass(10 * POLL_INTERVAL);
    expect(server.asked).toBe(1);
});

test("the server does not answer", async () => {
    const report = makeReport({sockets: 5});
    const server = mockMonitor(report);
    await openScreen();
    expect(".o_amanat_monitoring_error").toHaveCount(0);
    server.error = makeServerError({message: "It broke"});
    await pass(POLL_INTERVAL);
    expect(".o_amanat_monitoring_error").toHaveAttribute("role", "alert");
    expect(".o_amanat_monitoring_error").toHaveText(/It broke/);
    expect(".o_amanat_monitoring_error").toHaveText(
        new RegExp(`The figures below are of\\s+${clock(report.at)}`)
    );
    expect(tile("sockets")).toHaveText("5");
    server.error = null;
    await pass(4 * POLL_INTERVAL);
    expect(".o_amanat_monitoring_error").toHaveCount(0);
});

test("who may not see it is told so", async () => {
    const server = mockMonitor();
    server.error = makeServerError({message: "For managers only."});
    await openScreen();
    expect(".o_amanat_monitoring_error").toHaveText(/For managers only/);
    expect("[data-tile]").toHaveCount(0);
    expect("button:contains(Switch everything)").toHaveCount(0);
});

describe("switches", () => {
    test("of a model", async () => {
        const server = mockMonitor(makeReport({models: [CONTACTS]}));
        await openScreen();
        expect(row("res.partner")).toHaveText(/Contact/);
        const box = `${row("res.partner")} input`;
        expect(box).toBeChecked();
        server.report = makeReport({models: [{...CONTACTS, live: false}]});
        await contains(box).click();
        await pass(1);
        expect(server.switched).toEqual([["set_live", "res.partner", false]]);
        expect(box).not.toBeChecked();
        server.report = makeReport({models: [CONTACTS]});
        await contains(box).click();
        await pass(1);
        expect(server.switched.at(-1)).toEqual(["set_live", "res.partner", true]);
        expect(box).toBeChecked();
    });

    test("a switch that the server refuses shows what is", async () => {
        expect.errors(1);
        const server = mockMonitor(makeReport({models: [CONTACTS]}));
        await openScreen();
        server.error = makeServerError({message: "Not this one."});
        await contains(`${row("res.partner")} input`).click();
        await pass(1);
        expect.verifyErrors(["Not this one."]);
        expect(`${row("res.partner")} input`).toBeChecked();
        expect(`${row("res.partner")} input`).toBeEnabled();
    });

    test("of everything, after a question", async () => {
        const server = mockMonitor();
        await openScreen();
        await contains(".o_amanat_monitoring_all").click();
        await contains(".modal button:contains(Cancel)").click();
        expect(server.switched).toEqual([]);
        await contains(".o_amanat_monitoring_all").click();
        server.report = makeReport({enabled: false});
        await contains(".modal .btn-primary").click();
        await pass(1);
        expect(server.switched).toEqual([["set_enabled", false]]);
        expect(".o_amanat_monitoring_off").toHaveText(/switched off/);
        server.report = makeReport();
        await contains("button:contains(Switch everything on)").click();
        await pass(1);
        expect(server.switched.at(-1)).toEqual(["set_enabled", true]);
        expect(".o_amanat_monitoring_off").toHaveCount(0);
    });
});

describe("what to look at", () => {
    const ids = (changes) => hintsOf(makeReport(changes)).map(({id}) => id);
    const rate = {messages: 0, delivered: 0, bytes: 0};
    const latency = {count: 1, buckets: [], p50: 1, p99: 1};

    test("the most common problems", async () => {
        await makeMockEnv();
        expect(ids({})).toEqual([]);
        expect(ids({per_minute: {...rate, polls: 12}})).toEqual(["polling"]);
        expect(ids({per_minute: {...rate, polls: 12}, sockets: 3})).toEqual([]);
        expect(ids({sockets: null})).toEqual(["unknown"]);
        const bus = {rows: 1, exact: false, bytes: LARGE_BUS + 1};
        expect(ids({bus})).toEqual(["bus"]);
        const evented = {memory: 1, limited: 1000 * MUCH_MEMORY + 1, limit: 1000};
        expect(ids({evented})).toEqual(["memory"]);
        expect(ids({evented: {...evented, limit: null}})).toEqual([]);
        expect(ids({latency: {...latency, p95: SLOW + 1}})).toEqual(["slow"]);
        expect(ids({latency: {...latency, p95: SLOW}})).toEqual([]);
    });

    test("in words, on the screen", async () => {
        mockMonitor(makeReport({per_minute: {...rate, polls: 12}}));
        await openScreen();
        expect("[data-hint=polling]").toHaveText(/route \/websocket/);
    });
});
