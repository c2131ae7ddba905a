// Promise: a tab measures what others save until it is painted, once for each change,
// and reports it in few requests, without a name, and only as long as that is wanted.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    getService,
    makeServerError,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {
    BATCH,
    LatencySampler,
    PAUSE,
    REPORT_AFTER,
    ROUTE,
} from "@amanat_realtime/monitoring/latency_sampler";
import {
    defineLiveModels,
    makeLive,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";
import {mockVisibility, pass} from "../connection/connection_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

/** Milliseconds that the mock clock may go on by itself. */
const TOLERANCE = 400;

/** The server of these tests; its clock may be ahead. */
function mockServer() {
    const server = {ahead: 0, enabled: true, reports: [], isBroken: false};
    onRpc(ROUTE, async (request) => {
        const {params} = await request.json();
        server.reports.push(params.values);
        if (server.isBroken) {
            throw makeServerError({message: "Too many reports of measurements."});
        }
        return {now: Date.now() + server.ahead, enabled: server.enabled};
    });
    return server;
}

/** In small steps at the end: the clock must not run on while an answer is awaited. */
async function passUntilReported(server, count) {
    await pass(REPORT_AFTER - 5000);
    for (let i = 0; i < 120 && server.reports.length < count; i++) {
        await advanceTime(50);
        await animationFrame();
    }
    expect(server.reports).toHaveLength(count);
}

const ago = (ms) => new Date(Date.now() - ms).toISOString();

async function mountList(samples = true) {
    makeLive(["test.sheet"], {samples});
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list><field name="name"/></list>`,
    });
    await subscribed();
}

function expectAbout(values, ...expected) {
    expect(values).toHaveLength(expected.length);
    values.forEach((value, index) => {
        expect(value).toBeWithin(expected[index], expected[index] + TOLERANCE);
    });
}

describe("in a list", () => {
    test("what somebody else saved is reported after half a minute", async () => {
        const server = mockServer();
        await mountList();
        await tellChange(1, "name", "first", "new", {at: ago(2000)});
        expect(server.reports).toHaveLength(0);
        // the first one asks what time it is
        await passUntilReported(server, 2);
        expect(server.reports[0]).toEqual([]);
        expectAbout(server.reports[1], 2000);
        await pass(3 * REPORT_AFTER);
        expect(server.reports).toHaveLength(2);
    });

    test("the clock of the server counts", async () => {
        const server = mockServer();
        server.ahead = 3_600_000;
        await mountList();
        await tellChange(1, "name", "first", "new", {at: ago(3000 - server.ahead)});
        await passUntilReported(server, 2);
        expectAbout(server.reports[1], 3000);
    });

    test("what is not painted is not measured", async () => {
        const server = mockServer();
        await mountList();
        // of no record on screen, without a value, without a time
        const at = ago(1000);
        const diff = {name: ["a", "b"]};
        await tell({update: [{ids: [77], diff}], at});
        await tell({update: [{ids: [1], stale: ["name"]}], at: ago(1001)});
        await tell({create: [78], at: ago(1002)});
        await tell({update: [{ids: [1], diff}]});
        await pass(2 * REPORT_AFTER);
        expect(server.reports).toHaveLength(0);
    });

    test("nothing is measured in a hidden tab", async () => {
        const server = mockServer();
        await mountList();
        const tab = mockVisibility();
        tab.isHidden = true;
        await tellChange(1, "name", "first", "new", {at: ago(1000)});
        await pass(2 * REPORT_AFTER);
        expect(server.reports).toHaveLength(0);
    });

    test("an administrator has switched it off", async () => {
        const server = mockServer();
        await mountList(false);
        await tellChange(1, "name", "first", "new", {at: ago(1000)});
        await pass(2 * REPORT_AFTER);
        expect(server.reports).toHaveLength(0);
    });
});

describe("by itself", () => {
    let model = null;
    const message = (at) => ({
        model: "test.sheet",
        at,
        update: [{ids: [1], diff: {name: ["a", "b"]}, stale: []}],
    });

    beforeEach(async () => {
        await mountList(false);
        const [patcher] = getService("amanat_realtime").patchers.values();
        model = patcher.model;
    });

    async function measure(sampler, messages, applied = Promise.resolve()) {
        messages.forEach((one) => sampler.onReceived(one));
        sampler.onApplying(messages, model, applied);
        await pass(50);
    }

    const many = (count, from = 0) =>
        Array.from({length: count}, (_, i) => message(Date.now() - 1000 - from - i));

    test("many changes are reported at once, then after a pause", async () => {
        const server = mockServer();
        const sampler = new LatencySampler({isOn: true});
        await measure(sampler, many(BATCH));
        await pass(100);
        expect(server.reports.map(({length}) => length)).toEqual([0, BATCH]);
        await measure(sampler, many(BATCH + 20));
        await pass(PAUSE / 2);
        expect(server.reports).toHaveLength(2);
        await pass(PAUSE / 2);
        expect(server.reports.map(({length}) => length)).toEqual([
            0,
            BATCH,
            BATCH + 20,
        ]);
    });

    test("however much comes, a report is not longer than the server takes", async () => {
        const server = mockServer();
        const sampler = new LatencySampler({isOn: true});
        await measure(sampler, many(500));
        await pass(REPORT_AFTER);
        expect(server.reports.map(({length}) => length)).toEqual([0, 100]);
    });

    test("the last part of a change counts, and what is applied again does not", async () => {
        const server = mockServer();
        const sampler = new LatencySampler({isOn: true});
        const one = message(Date.now() - 1000);
        await measure(sampler, [one]);
        const last = new Deferred();
        sampler.onApplying([one], model, last);
        await advanceTime(2000);
        last.resolve();
        await pass(50);
        await passUntilReported(server, 2);
        expectAbout(server.reports[1], 3050);
        sampler.onApplying([one], model, Promise.resolve());
        await pass(2 * REPORT_AFTER);
        expect(server.reports).toHaveLength(2);
    });

    test("an interruption is no latency", async () => {
        const server = mockServer();
        const sampler = new LatencySampler({isOn: true});
        await measure(sampler, [message(Date.now() - 3_600_000)]);
        await pass(REPORT_AFTER);
        expect(server.reports).toEqual([[]]);
    });

    test("the server wants no more", async () => {
        const server = mockServer();
        server.enabled = false;
        const sampler = new LatencySampler({isOn: true});
        await measure(sampler, many(3));
        await pass(REPORT_AFTER);
        // it said so when it was asked what time it is
        expect(server.reports).toEqual([[]]);
        await measure(sampler, many(BATCH));
        await pass(REPORT_AFTER);
        expect(server.reports).toHaveLength(1);
    });

    test("a report that is refused is lost, and nobody is disturbed", async () => {
        const server = mockServer();
        server.isBroken = true;
        const sampler = new LatencySampler({isOn: true});
        await measure(sampler, many(3));
        await pass(REPORT_AFTER);
        expect.verifyErrors([]);
        expect(".o_error_dialog").toHaveCount(0);
        server.isBroken = false;
        await measure(sampler, many(2));
        await pass(REPORT_AFTER);
        expect(server.reports.map(({length}) => length)).toEqual([0, 0, 2]);
    });

    test("a patch that fails is not measured", async () => {
        const server = mockServer();
        const sampler = new LatencySampler({isOn: true});
        const failed = Promise.reject(new Error("not applied"));
        failed.catch(() => null);
        await measure(sampler, many(3), failed);
        await pass(2 * REPORT_AFTER);
        expect(server.reports).toHaveLength(0);
    });
});
