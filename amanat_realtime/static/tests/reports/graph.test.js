// Promise: an open graph shows what others save, without losing the measure, the mode
// or what is hidden, without growing anew from zero, and with few reads.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {waitFor} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {WEBSOCKET_CLOSE_CODES} from "@bus/workers/websocket_worker";
import {
    contains,
    MockServer,
    mountView,
    onRpc,
    patchWithCleanup,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import {
    checkModeIs,
    clickOnLegend,
    getChart,
    getGraphModelMetaData,
    selectMode,
    setupChartJsForTests,
} from "@web/../tests/views/graph/graph_test_helpers";
import {ConnectionLostError, rpcBus} from "@web/core/network/rpc";
import {MAX_WAIT} from "@amanat_realtime/reports/pace";
import {
    defineLiveModels,
    makeLive,
    stepCalls,
    stopClock,
    subscribed,
    tell,
} from "../realtime_test_helpers";
import {
    db,
    mockVisibility,
    mountReport,
    save,
    settleReport,
} from "./reports_test_helpers";

defineLiveModels();
setupChartJsForTests();
describe.current.tags("desktop");
beforeEach(() => makeLive());

const ARCH = `
    <graph>
        <field name="state"/>
        <field name="amount" type="measure"/>
    </graph>`;

const mountGraph = (arch = ARCH, params = {}) => mountReport("graph", arch, params);

const bars = (view) =>
    getChart(view).data.datasets.map(({label, data}) => [label, ...data]);
const labels = (view) => getChart(view).data.labels;

test("a number that somebody saved moves in the same chart, with one silent read", async () => {
    const view = await mountGraph();
    stepCalls();
    const chart = getChart(view);
    expect(bars(view)).toEqual([["Amount", 4, 3.5]]);
    const onRequest = ({detail}) =>
        expect(detail.settings.silent).toBe(true, {message: "no loading indicator"});
    rpcBus.addEventListener("RPC:REQUEST", onRequest);
    await save(1, {amount: 11.5});
    await settleReport();
    rpcBus.removeEventListener("RPC:REQUEST", onRequest);
    expect(bars(view)).toEqual([["Amount", 14, 3.5]]);
    expect(getChart(view) === chart).toBe(true, {
        message: "the chart was not made anew",
    });
    expect.verifySteps(["formatted_read_group"]);
});

test("the person's measure, mode and order stay", async () => {
    const view = await mountGraph(ARCH, {
        context: {graph_measure: "amount", graph_mode: "bar"},
    });
    await contains(".o_graph_renderer button.dropdown-toggle").click();
    await contains(".o-dropdown--menu .dropdown-item:contains(Quantity)").click();
    await selectMode("pie");
    stepCalls();
    await save(1, {quantity: 7});
    await settleReport();
    checkModeIs(view, "pie");
    const {measure} = getGraphModelMetaData(view);
    expect(measure).toBe("quantity");
    expect(getChart(view).data.datasets[0].data).toEqual([9, 3]);
    expect.verifySteps(["formatted_read_group"]);
});

test("a hidden bar stays hidden, a new one appears", async () => {
    const view = await mountGraph(`
        <graph stacked="0">
            <field name="state"/><field name="partner_id"/>
            <field name="quantity" type="measure"/>
        </graph>`);
    await clickOnLegend(view, "Gemini");
    const index = bars(view).findIndex(([label]) => label === "Gemini");
    expect(getChart(view).isDatasetVisible(index)).toBe(false);
    const [id] = db().create([{state: "draft", quantity: 9, partner_id: 3}]);
    await tell({create: [id]});
    await settleReport();
    const names = bars(view).map(([label]) => label);
    expect(names).toEqual(["Azure", "Gemini", "Lumber"]);
    expect(names.map((_, i) => getChart(view).isDatasetVisible(i))).toEqual([
        true,
        false,
        true,
    ]);
});

test("a hidden slice stays hidden when slices change places", async () => {
    const view = await mountGraph(`
        <graph type="pie"><field name="state"/><field name="quantity" type="measure"/></graph>`);
    expect(labels(view)).toEqual(["Draft", "Done"]);
    getChart(view).toggleDataVisibility(1);
    getChart(view).update();
    const {position} = getChart(view).options.plugins.legend;
    expect(position).toBe("right");
    const [id] = db().create([{state: "blocked", quantity: 9}]);
    await tell({create: [id]});
    await settleReport();
    expect(getChart(view).options.plugins.legend.position).toBe(position);
    const seen = labels(view).map((label, i) => [
        label,
        getChart(view).getDataVisibility(i),
    ]);
    expect(Object.fromEntries(seen)).toEqual({Draft: true, Blocked: true, Done: false});
});

test("a cumulated line adds up once", async () => {
    const view = await mountGraph(`
        <graph type="line" cumulated="1">
            <field name="state"/><field name="quantity" type="measure"/>
        </graph>`);
    expect(bars(view)[0].slice(1)).toEqual([3, 6]);
    await save(1, {quantity: 2});
    await settleReport();
    expect(bars(view)[0].slice(1)).toEqual([4, 7]);
    expect(labels(view)).toEqual(["Draft", "Done"]);
});

test("what the graph is not made of costs no read", async () => {
    await mountGraph(ARCH, {domain: [["checked", "=", false]]});
    stepCalls();
    await save(1, {note: "remote", quantity: 100});
    await settleReport();
    expect.verifySteps([]);
    await save(1, {checked: true});
    await settleReport();
    expect.verifySteps(["formatted_read_group"]);
});

test("nothing is drawn if the graph looks the same", async () => {
    const view = await mountGraph();
    stepCalls();
    const chart = getChart(view);
    let updates = 0;
    const update = chart.update.bind(chart);
    chart.update = (...args) => {
        updates++;
        return update(...args);
    };
    await tell({update: [{ids: [1], diff: {amount: [1, 1.5]}}]});
    await settleReport();
    expect.verifySteps(["formatted_read_group"]);
    expect(updates).toBe(0);
    expect(getChart(view) === chart).toBe(true);
});

test("a burst is read twice at most: soon, and when it is over", async () => {
    stopClock();
    const view = await mountGraph();
    stepCalls();
    for (let amount = 10; amount < 40; amount++) {
        await save(1, {amount});
        await advanceTime(50);
    }
    await settleReport();
    expect(bars(view)).toEqual([["Amount", 41.5, 3.5]]);
    expect.verifySteps(["formatted_read_group", "formatted_read_group"]);
});

test("changes without end are shown every ten seconds", async () => {
    stopClock();
    patchWithCleanup(Math, {random: () => 0});
    await mountGraph();
    stepCalls();
    await save(1, {amount: 5});
    await settleReport();
    expect.verifySteps(["formatted_read_group"]);
    for (let amount = 0; amount <= 2 * MAX_WAIT; amount += 500) {
        await save(1, {amount});
        await advanceTime(500, {animationFrame: false});
    }
    expect.verifySteps(["formatted_read_group", "formatted_read_group"]);
});

test("a hidden tab reads once, when it is seen", async () => {
    const setHidden = mockVisibility();
    const view = await mountGraph();
    stepCalls();
    setHidden(true);
    await save(1, {amount: 5});
    await settleReport();
    await save(1, {amount: 6});
    await settleReport();
    expect.verifySteps([]);
    setHidden(false);
    await settleReport();
    expect(bars(view)).toEqual([["Amount", 8.5, 3.5]]);
    expect.verifySteps(["formatted_read_group"]);
});

test("a measure picked during a live read wins, and what was told is shown", async () => {
    const view = await mountGraph();
    stepCalls();
    const answer = new Deferred();
    let isFirst = true;
    onRpc("test.sheet", "formatted_read_group", async ({parent}) => {
        if (isFirst) {
            isFirst = false;
            const result = parent();
            await answer;
            return result;
        }
    });
    await save(1, {amount: 5, quantity: 50});
    await settleReport();
    await contains(".o_graph_renderer button.dropdown-toggle").click();
    await contains(".o-dropdown--menu .dropdown-item:contains(Quantity)").click();
    answer.resolve();
    await settleReport();
    await settleReport();
    expect(getGraphModelMetaData(view).measure).toBe("quantity");
    expect(bars(view)).toEqual([["Quantity", 52, 3]]);
    expect.verifySteps([
        "formatted_read_group",
        "formatted_read_group",
        "formatted_read_group",
    ]);
});

test("what was told while the view was loading is read afterwards", async () => {
    const answer = new Deferred();
    let isFirst = true;
    onRpc("test.sheet", "formatted_read_group", async ({parent}) => {
        if (isFirst) {
            isFirst = false;
            const result = parent();
            await answer;
            return result;
        }
    });
    const mounting = mountView({type: "graph", resModel: "test.sheet", arch: ARCH});
    await subscribed();
    await save(1, {amount: 5});
    await settleReport();
    answer.resolve();
    const view = await mounting;
    await waitFor(".o_graph_renderer canvas");
    await settleReport();
    expect(bars(view)).toEqual([["Amount", 7.5, 3.5]]);
});

test("sample data make room for the first record, and for nothing else", async () => {
    const view = await mountGraph(ARCH.replace("<graph", `<graph sample="1"`), {
        domain: [["name", "=", "wanted"]],
        noContentHelp: "Nothing yet",
    });
    expect(".o_view_sample_data").toHaveCount(1);
    await save(1, {note: "remote"});
    await settleReport();
    expect(".o_view_sample_data").toHaveCount(1);
    const [id] = db().create([{name: "wanted", state: "done", amount: 3}]);
    await tell({create: [id]});
    await settleReport();
    expect(".o_view_sample_data").toHaveCount(0);
    expect(bars(view)).toEqual([["Amount", 3]]);
});

test("the last record goes, and comes back", async () => {
    const view = await mountGraph(ARCH, {domain: [["state", "=", "done"]]});
    await save(3, {state: "draft"});
    await settleReport();
    expect(".o_graph_renderer canvas").toHaveCount(0);
    await save(3, {state: "done"});
    await settleReport();
    await animationFrame();
    expect(bars(view)).toEqual([["Amount", 3.5]]);
});

test("a graph of a room hears its room only, and the next one after a filter", async () => {
    const channelOf = (room) => `amanat_realtime:test.sheet:${room}`;
    await mountView({
        type: "graph",
        resModel: "test.sheet",
        arch: ARCH,
        context: {amanat_realtime_room: "2026-11"},
        searchViewArch: `
            <search><filter name="next" string="Next"
                context="{'amanat_realtime_room': '2026-12'}"/></search>`,
    });
    await subscribed(channelOf("2026-11"));
    stepCalls();
    const sayIn = (room, channel = channelOf(room)) =>
        tell({room, update: [{ids: [1], diff: {amount: [1.5, 2]}}]}, {channel});
    await sayIn("2026-12", channelOf("2026-11"));
    await settleReport();
    expect.verifySteps([]);
    await sayIn("2026-11");
    await settleReport();
    expect.verifySteps(["formatted_read_group"]);
    await toggleSearchBarMenu();
    await toggleMenuItem("Next");
    await subscribed(channelOf("2026-12"));
    expect.verifySteps(["formatted_read_group"]);
    await sayIn("2026-12");
    await settleReport();
    expect.verifySteps(["formatted_read_group"]);
});

test("after a lost connection it is read again", async () => {
    const view = await mountGraph();
    stepCalls();
    db().write([1], {amount: 5});
    MockServer.env["bus.bus"]._simulateDisconnection(
        WEBSOCKET_CLOSE_CODES.ABNORMAL_CLOSURE
    );
    for (let i = 0; i < 8; i++) {
        await settleReport();
    }
    expect(bars(view)).toEqual([["Amount", 7.5, 3.5]]);
    expect.verifySteps(["formatted_read_group"]);
});

test("without a connection it is tried again, without a word", async () => {
    const view = await mountGraph();
    const [live] = view.env.services.amanat_realtime.reports;
    const {orm} = live;
    let tries = 0;
    const formattedReadGroup = () => {
        tries++;
        return Promise.reject(new ConnectionLostError("/"));
    };
    live.orm = {silent: {formattedReadGroup}};
    await save(1, {amount: 5});
    await settleReport();
    expect(tries).toBe(1);
    live.orm = orm;
    await advanceTime(5000);
    await settleReport();
    expect(bars(view)).toEqual([["Amount", 7.5, 3.5]]);
});

test("a read that fails disturbs nobody, and the next one works", async () => {
    const view = await mountGraph();
    patchWithCleanup(console, {error: (message) => expect.step(message)});
    const [live] = view.env.services.amanat_realtime.reports;
    const {orm} = live;
    live.orm = {silent: {formattedReadGroup: () => Promise.reject(new Error("no"))}};
    await save(1, {amount: 5});
    await settleReport();
    expect(bars(view)).toEqual([["Amount", 4, 3.5]]);
    expect.verifySteps(["[amanat_realtime] could not read a report again"]);
    live.orm = orm;
    await save(1, {amount: 6});
    await settleReport();
    expect(bars(view)).toEqual([["Amount", 8.5, 3.5]]);
});

test("a graph that was closed reads nothing and follows nothing", async () => {
    stopClock();
    const view = await mountGraph();
    stepCalls();
    await save(1, {amount: 5});
    const {reports, subscriptions} = view.env.services.amanat_realtime;
    expect(reports.size).toBe(1);
    view.__owl__.destroy();
    expect(reports.size).toBe(0);
    expect(subscriptions.size).toBe(0);
    await settleReport();
    expect.verifySteps([]);
});

test("a model that is not live is left alone", async () => {
    makeLive(["test.partner"]);
    const view = await mountView({type: "graph", resModel: "test.sheet", arch: ARCH});
    const {reports, subscriptions} = view.env.services.amanat_realtime;
    expect([reports.size, subscriptions.size]).toEqual([0, 0]);
});
