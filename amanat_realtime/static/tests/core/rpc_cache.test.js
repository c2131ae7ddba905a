// Promise: who comes back to a view of a live model never sees rows from before, not
// even for a moment; and does not wait for the server if nothing was changed meanwhile.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, waitUntil} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    defineActions,
    getService,
    MockServer,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {waitForChannels} from "@bus/../tests/bus_test_helpers";
import {WEBSOCKET_CLOSE_CODES} from "@bus/workers/websocket_worker";
import {WebClient} from "@web/webclient/webclient";
import {followedReads} from "@amanat_realtime/core/followed_reads";
import {LINGER} from "@amanat_realtime/core/realtime_service";
import {
    defineLiveModels,
    makeLive,
    Partner,
    Sheet,
    subscribed,
    tell,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

const action = (id, res_model, type) => ({
    id,
    name: `${res_model} ${type}`,
    res_model,
    type: "ir.actions.act_window",
    cache: true,
    views: [[false, type]],
});
defineActions([action(1, "test.sheet", "list"), action(2, "test.partner", "list")]);
beforeEach(() => {
    Sheet._views = {list: `<list><field name="name"/></list>`};
    Partner._views = {list: `<list><field name="name"/></list>`};
});

const names = () => queryAllTexts(".o_data_row [name=name]");

async function openAndLeave() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction(1);
    await subscribed();
    expect(names()).toEqual(["first", "second", "third"]);
    await getService("action").doAction(2);
    expect(names()).toEqual(["Azure", "Gemini", "Lumber"]);
}

/** The next answers come when the returned function is called. */
function holdAnswers() {
    const gate = new Deferred();
    onRpc("test.sheet", "web_search_read", async ({parent}) => {
        const result = await parent();
        await gate;
        return result;
    });
    return () => gate.resolve();
}

async function loseConnection() {
    MockServer.env["bus.bus"]._simulateDisconnection(
        WEBSOCKET_CLOSE_CODES.ABNORMAL_CLOSURE
    );
    // the worker tells the tab in its own time
    await waitUntil(() => followedReads.isInterrupted);
}

const goBack = () =>
    contains(".o_breadcrumb .o_back_button, .breadcrumb-item a").click();

/** The person comes back: nothing old is shown, not even before the answer. */
async function expectOnlyFresh(fresh) {
    const answer = holdAnswers();
    await goBack();
    expect(names()).not.toInclude("first");
    answer();
    await animationFrame();
    expect(names()).toEqual(fresh);
}

test("nothing has changed: the rows are there at once", async () => {
    await openAndLeave();
    const answer = holdAnswers();
    await goBack();
    expect(names()).toEqual(["first", "second", "third"]);
    answer();
    await animationFrame();
    expect(names()).toEqual(["first", "second", "third"]);
});

test("somebody changed a row meanwhile: the old one is not shown", async () => {
    await openAndLeave();
    MockServer.env["test.sheet"].write([1], {name: "remote"});
    await tell({update: [{ids: [1], diff: {name: ["first", "remote"]}}]});
    await expectOnlyFresh(["remote", "second", "third"]);
});

test("away for so long that nobody listened: what was there is not shown", async () => {
    await openAndLeave();
    await advanceTime(LINGER + 1000);
    MockServer.env["test.sheet"].write([1], {name: "unheard"});
    await expectOnlyFresh(["unheard", "second", "third"]);
});

test("the connection was lost meanwhile: what was there is not shown", async () => {
    await openAndLeave();
    MockServer.env["test.sheet"].write([1], {name: "missed"});
    await loseConnection();
    await expectOnlyFresh(["missed", "second", "third"]);
});

test("what was read while there was no connection is not shown later", async () => {
    await openAndLeave();
    await loseConnection();
    await goBack();
    await animationFrame();
    expect(names()).toEqual(["first", "second", "third"]);
    await getService("action").doAction(2);
    MockServer.env["test.sheet"].write([1], {name: "unheard"});
    await expectOnlyFresh(["unheard", "second", "third"]);
});

test("what this tab saved itself is not shown as it was before", async () => {
    await openAndLeave();
    await getService("orm").write("test.sheet", [1], {name: "mine"});
    await expectOnlyFresh(["mine", "second", "third"]);
});

test("a read that began before a change does not answer one that began after it", async () => {
    await openAndLeave();
    onRpc("test.sheet", "web_search_read", () => expect.step("read"));
    const answer = holdAnswers();
    const read = () =>
        getService("orm")
            .cache()
            .webSearchRead("test.sheet", [["id", "=", 1]], {
                specification: {name: {}},
            });
    read();
    read();
    await animationFrame();
    expect.verifySteps(["read"]);
    MockServer.env["test.sheet"].write([1], {name: "remote"});
    await tell({update: [{ids: [1], diff: {name: ["first", "remote"]}}]});
    const later = read();
    answer();
    expect((await later).records).toEqual([{id: 1, name: "remote"}]);
    expect((await read()).records).toEqual([{id: 1, name: "remote"}]);
    expect.verifySteps(["read"]);
});

test("a change of a live model costs the others nothing of their cache", async () => {
    await openAndLeave();
    const read = () =>
        getService("orm")
            .cache()
            .webSearchRead("test.partner", [], {
                specification: {name: {}},
            });
    onRpc("test.partner", "web_search_read", () => expect.step("read"));
    await read();
    await tell({update: [{ids: [1], diff: {name: ["first", "remote"]}}]});
    await read();
    expect.verifySteps(["read"]);
});

test("models that are not live are cached as ever", async () => {
    makeLive([]);
    await mountWithCleanup(WebClient);
    await getService("action").doAction(1);
    await getService("action").doAction(2);
    await waitForChannels([]);
    MockServer.env["test.sheet"].write([1], {name: "changed"});
    const answer = holdAnswers();
    await goBack();
    expect(names()).toEqual(["first", "second", "third"]);
    answer();
    await animationFrame();
    expect(names()).toEqual(["changed", "second", "third"]);
});
