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

/** Milliseconds that the mock clock may go on by itself, on a slow machine. */
const TOLERANCE = 5000;
/** What is not known of the server's clock, for an answer takes some steps. */
const CLOCK = 500;

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

/** In small steps: the clock must not run on while an answer is awaited. */
async function step(times, isDone = () => false) {
    for (let i = 0; i < times && !isDone(); i++) {
        await advanceTime(100);
        await animationFrame();
    }
}

async function stepUntilReported(server, count) {
    await step(150, () => server.reports.length >= count);
    expect(server.reports).toHaveLength(count);
}

async function passUntilReported(server, count, passed = 0) {
    // most of it at once: a step takes as long as a frame
    await pass(REPORT_AFTER - TOLERANCE - passed);
    await stepUntilReported(server, count);
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
        const {[index]: least} = expected;
        expect(value).toBeWithin(least - CLOCK, least + TOLERANCE);
    });
}

describe("in a list", () => {
    test("what somebody else saved is reported after half a minute", async () => {
        const server = mockServer();
        await mountList();
        await tellChange(1, "name", "first", "new", {at: ago(20_000)});
        expect(server.reports).toHaveLength(0);
        // the first one asks what time it is
        await passUntilReported(server, 2);
        expect(server.reports[0]).toEqual([]);
        expectAbout(server.reports[1], 20_000);
        await pass(3 * REPORT_AFTER);
        expect(server.reports).toHaveLength(2);
    });

    test("the clock of the server counts", async () => {
        const server = mockServer();
        server.ahead = 3_600_000;
        await mountList();
        await tellChange(1, "name", "first", "new", {at: ago(30_000 - server.ahead)});
        await passUntilReported(server, 2);
        expectAbout(server.reports[1], 30_000);
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
        await step(5);
    }

    /** So many changes, each of another time. */
    function many(count) {
        const now = Date.now();
        return Array.from({length: count}, (_, i) => message(now - 1000 - i));
    }

    test("many changes are reported at once, then after a pause", async () => {
        const server = mockServer();
        const sampler = new LatencySampler({isOn: true});
        await measure(sampler, many(BATCH));
        await stepUntilReported(server, 2);
        expect(server.reports.map(({length}) => length)).toEqual([0, BATCH]);
        await measure(sampler, many(BATCH + 20));
        await pass(PAUSE / 2);
        expect(server.reports).toHaveLength(2);
        await pass(PAUSE / 2);
        await stepUntilReported(server, 3);
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
        await passUntilReported(server, 2);
        expect(server.reports.map(({length}) => length)).toEqual([0, 100]);
    });

    test("the last part of a change counts, and what is applied again does not", async () => {
        const server = mockServer();
        const sampler = new LatencySampler({isOn: true});
        const one = message(Date.now() - 1000);
        await measure(sampler, [one]);
        const last = new Deferred();
        sampler.onApplying([one], model, last);
        await advanceTime(15_000);
        last.resolve();
        await step(5);
        await passUntilReported(server, 2, 15_000);
        expectAbout(server.reports[1], 16_000);
        sampler.onApplying([one], model, Promise.resolve());
        await pass(2 * REPORT_AFTER);
        expect(server.reports).toHaveLength(2);
    });

    test("an interruption is no latency", async () => {
        const server = mockServer();
        const sampler = new LatencySampler({isOn: true});
        await measure(sampler, [message(Date.now() - 3_600_000)]);
        await passUntilReported(server, 1);
        await step(20);
        expect(server.reports).toEqual([[]]);
    });

    test("the server wants no more", async () => {
        const server = mockServer();
        server.enabled = false;
        const sampler = new LatencySampler({isOn: true});
        await measure(sampler, many(3));
        await passUntilReported(server, 1);
        await step(20);
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
        await passUntilReported(server, 1);
        expect.verifyErrors([]);
        expect(".o_error_dialog").toHaveCount(0);
        server.isBroken = false;
        await measure(sampler, many(2));
        await passUntilReported(server, 3);
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
