// Promise: who subscribes to an action hears what programs send under its name, to this
// person or about what is open in this tab; subscribers do not hurt each other.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    getService,
    makeMockEnv,
    MockServer,
    mountView,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {waitNotifications} from "@bus/../tests/bus_test_helpers";
import {NOTIFICATION_TYPE} from "@amanat_realtime/core/action_subscriptions";
import {startBus} from "../progress/progress_test_helpers";
import {defineLiveModels, makeLive, subscribed} from "../realtime_test_helpers";
import {pass, refuseWebsockets, mockHttp} from "../connection/connection_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

const PERSONAL = {
    v: 1,
    action: "approved",
    model: "res.country",
    ids: [1],
    records: [{id: 1, message: "Done"}],
    at: "2026-11-20T10:11:12.123456Z",
};
const ABOUT = {...PERSONAL, model: "test.sheet", records: undefined, extra: {level: 2}};
const realtime = () => getService("amanat_realtime");

async function start() {
    await makeMockEnv();
    await startBus();
}

async function send(payload, channel = "broadcast") {
    MockServer.env["bus.bus"]._sendone(channel, NOTIFICATION_TYPE, payload);
    await waitNotifications([NOTIFICATION_TYPE]);
}

test("an action is told with what was sent, until one stops", async () => {
    await start();
    const stop = realtime().subscribe("approved", ({records}) =>
        expect.step(records[0].message)
    );
    realtime().subscribe("refused", () => expect.step("refused"));
    await send(PERSONAL);
    expect.verifySteps(["Done"]);
    stop();
    await send(PERSONAL);
    expect.verifySteps([]);
});

test("what is withheld is not told", async () => {
    await start();
    realtime().subscribe("approved", () => expect.step("told"));
    await send({});
    expect.verifySteps([]);
});

test("one message without records is personal as well", async () => {
    await start();
    realtime().subscribe("approved", () => expect.step("told"));
    await send({...PERSONAL, records: undefined, ids: undefined});
    expect.verifySteps(["told"]);
});

test("a subscriber that fails is logged and breaks nobody else", async () => {
    await start();
    patchWithCleanup(console, {error: (text) => expect.step(text)});
    realtime().subscribe("approved", () => {
        throw new Error("mine");
    });
    realtime().subscribe("approved", () => expect.step("told"));
    await send(PERSONAL);
    expect.verifySteps(["[amanat_realtime] a subscriber to “approved” failed", "told"]);
});

test("about records, a tab hears of what is open in it", async () => {
    await start();
    realtime().subscribe("approved", ({ids}) => expect.step(ids));
    await send(ABOUT);
    expect.verifySteps([]);
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list><field name="name"/></list>`,
    });
    await subscribed();
    await send(ABOUT, "amanat_realtime:test.sheet");
    // It is said in each room, and to those who follow the whole model.
    await send({...ABOUT, room: "2026-11"}, "amanat_realtime:test.sheet");
    expect.verifySteps([[1]]);
});

test("models and actions are told apart", async () => {
    await start();
    const channels = [];
    patchWithCleanup(realtime().bus, {addChannel: (name) => channels.push(name)});
    realtime().subscribe("test.sheet", () => expect.step("never"));
    expect(channels).toEqual([]);
    realtime().subscribe({
        resModel: "test.sheet",
        onChanges: () => expect.step("change"),
    });
    expect(channels).toEqual(["amanat_realtime:test.sheet"]);
});

test("while polling, actions are asked for as often as changes", async () => {
    const server = mockHttp();
    await start();
    realtime().subscribe("approved", ({ids}) => expect.step(ids));
    await refuseWebsockets();
    server.notifications.push({
        id: 9001,
        message: {type: NOTIFICATION_TYPE, payload: PERSONAL},
    });
    await pass(6000);
    expect.verifySteps([[1]]);
});
