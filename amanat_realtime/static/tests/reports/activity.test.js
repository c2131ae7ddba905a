// Promise: the activity view, which comes with another addon, keeps its table in step
// with its records, as far as anybody tells of activities.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {mountView, onRpc} from "@web/../tests/web_test_helpers";
import {xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {RelationalModel} from "@web/model/relational_model/relational_model";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";
import {
    cell,
    defineLiveModels,
    makeLive,
    stepCalls,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";
import {db, settleReport} from "./reports_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

/** As mail's model does it, which is not loaded here. */
class ActivityModel extends RelationalModel {
    async load(params = {}) {
        await Promise.all([this.fetchActivityData(params), super.load(params)]);
    }

    async fetchActivityData({domain}) {
        this.activityData = await this.orm.call("test.sheet", "get_activity_data", [], {
            domain: domain || [],
        });
    }
}

class ActivityController extends ListController {
    static template = xml`
        <div class="o_test_activities" t-esc="model.activityData.activity_res_ids.join()"/>`;
}

let planned = [];
beforeEach(() => {
    planned = [1, 2];
    onRpc("test.sheet", "get_activity_data", () => ({activity_res_ids: [...planned]}));
    registry.category("views").add("test_activity", {
        ...listView,
        Controller: ActivityController,
        Model: ActivityModel,
    });
});

async function mountActivities() {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list js_class="test_activity"><field name="name"/></list>`,
    });
    await subscribed();
    expect(".o_test_activities").toHaveText("1,2");
    stepCalls();
}

test("the table follows when records come and go", async () => {
    makeLive();
    await mountActivities();
    const [id] = db().create([{name: "new"}]);
    planned = [1, 2, id];
    await tell({create: [id]});
    await settleReport();
    expect(".o_test_activities").toHaveText(`1,2,${id}`);
    expect.verifySteps(["web_search_read", "get_activity_data"]);
});

test("a changed value costs the table no read", async () => {
    makeLive();
    await mountActivities();
    await tellChange(1, "name", "first", "remote");
    await settleReport();
    expect.verifySteps([]);
});

test("activities are read again if their model is live too", async () => {
    makeLive(["test.sheet", "mail.activity"]);
    await mountActivities();
    await subscribed("amanat_realtime:mail.activity");
    planned = [1];
    await tell({model: "mail.activity", unlink: [77]});
    await settleReport();
    await animationFrame();
    expect(".o_test_activities").toHaveText("1");
    expect.verifySteps(["get_activity_data"]);
});

test("a list without activities is no report", async () => {
    makeLive();
    const view = await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list><field name="name"/></list>`,
    });
    expect(view.env.services.amanat_realtime.reports.size).toBe(0);
    expect(cell(0, "name")).toHaveText("first");
});
