// Promise: the examples in docs/api.md work as they are written there (a plain test
// compares them).
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {Component, onWillDestroy, useState, xml} from "@odoo/owl";
import {
    getService,
    makeMockEnv,
    MockServer,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";
import {waitNotifications} from "@bus/../tests/bus_test_helpers";
import {useService} from "@web/core/utils/hooks";
import {NOTIFICATION_TYPE} from "@amanat_realtime/core/action_subscriptions";
import {CATCH_UP_JITTER} from "@amanat_realtime/core/realtime_service";
import {connection, cut, pass, passUntil} from "../connection/connection_test_helpers";
import {startBus} from "../progress/progress_test_helpers";
import {defineLiveModels, makeLive, subscribed, tell} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

async function send(payload) {
    MockServer.env["bus.bus"]._sendone("broadcast", NOTIFICATION_TYPE, payload);
    await waitNotifications([NOTIFICATION_TYPE]);
    await animationFrame();
}

test("a component that waits for an action", async () => {
    class Approvals extends Component {
        static template = xml`<p t-out="state.text"/>`;
        static props = ["*"];

        setup() {
            this.state = useState({text: ""});
            const realtime = useService("amanat_realtime");
            const stop = realtime.subscribe("custom_action", (payload) => {
                this.state.text = payload.records[0].message;
            });
            onWillDestroy(stop);
        }
    }
    await makeMockEnv();
    const component = await mountWithCleanup(Approvals);
    await startBus();
    const action = "custom_action";
    await send({v: 1, action, records: [{id: 1, message: "Custom update"}]});
    expect("p").toHaveText("Custom update");
    component.__owl__.app.destroy();
    expect(getService("amanat_realtime").actions.size).toBe(0);
});

test("following the changes of a model", async () => {
    await makeMockEnv();
    await startBus();
    const realtime = getService("amanat_realtime");
    const seen = [];
    const reload = () => expect.step("reload");
    const stopFollowing = realtime.subscribe({
        resModel: "test.sheet",
        onChanges: ({update, create, unlink}) => {
            seen.push(...update.flatMap(({ids}) => ids), ...create, ...unlink);
        },
        onCatchUp: () => reload(),
    });
    await subscribed();
    await tell({update: [{ids: [1], diff: {quantity: [1, 2]}}], create: [9]});
    expect(seen).toEqual([1, 9]);
    await cut();
    await passUntil(() => connection().isUp);
    await pass(CATCH_UP_JITTER);
    expect.verifySteps(["reload"]);
    stopFollowing();
    await tell({create: [10]});
    expect(seen).toEqual([1, 9]);
});
