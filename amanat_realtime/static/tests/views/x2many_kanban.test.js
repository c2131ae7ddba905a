// Promise: cards of lines inside a form change, come and go as others save them.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {
    contains,
    fieldInput,
    MockServer,
    mountView,
} from "@web/../tests/web_test_helpers";
import {
    defineLiveModels,
    makeLive,
    settle,
    stepCalls,
    subscribed,
    tell,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive(["test.sheet", "test.line"]));

const lines = () => MockServer.env["test.line"];
const cards = () => queryAllTexts(".o_kanban_record[data-id]");

async function mountForm(relation = "line_ids") {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `
            <form>
                <field name="name"/>
                <field name="${relation}">
                    <kanban><templates><t t-name="card">
                        <field name="name"/>
                    </t></templates></kanban>
                </field>
            </form>`,
    });
    await subscribed();
}

async function addLine(values) {
    const [id] = lines().create([{sheet_id: 1, ...values}]);
    MockServer.env["test.sheet"].write([1], {line_ids: [[4, id]]});
    await tell({model: "test.line", create: [id]});
    await tell({update: [{ids: [1], stale: ["line_ids"]}]});
    await settle();
    return id;
}

test("a card changes without an rpc", async () => {
    await mountForm();
    await subscribed("amanat_realtime:test.line");
    stepCalls();
    expect(cards()).toEqual(["paper", "toner"]);
    lines().write([1], {name: "remote"});
    await tell({
        model: "test.line",
        update: [{ids: [1], diff: {name: ["paper", "remote"]}}],
    });
    expect(cards()).toEqual(["remote", "toner"]);
    await settle();
    expect.verifySteps([]);
});

test("a card comes, and one goes", async () => {
    await mountForm();
    await subscribed("amanat_realtime:test.line");
    stepCalls();
    await addLine({name: "ink"});
    expect(cards()).toEqual(["paper", "toner", "ink"]);
    expect.verifySteps(["web_search_read"]);
    lines().unlink([1]);
    await tell({model: "test.line", unlink: [1]});
    await settle();
    expect(cards()).toEqual(["toner", "ink"]);
    expect.verifySteps(["web_search_read"]);
});

test("what is typed beside the cards stays", async () => {
    await mountForm();
    await subscribed("amanat_realtime:test.line");
    await fieldInput("name").edit("mine", {confirm: false});
    await addLine({name: "ink"});
    expect(cards()).toEqual(["paper", "toner", "ink"]);
    expect(".o_field_widget[name=name] input").toHaveValue("mine");
    expect(".o_field_widget[name=name] input").toBeFocused();
});

test("a card that the person removed stays removed", async () => {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `
            <form>
                <field name="line_ids">
                    <kanban><templates><t t-name="card">
                        <a t-if="!read_only_mode" type="delete" class="remove">x</a>
                        <field name="name"/>
                    </t></templates></kanban>
                </field>
            </form>`,
    });
    await subscribed("amanat_realtime:test.line");
    await contains(".o_kanban_record:eq(0) .remove").click();
    expect(cards()).toEqual(["x\ntoner"]);
    await addLine({name: "ink"});
    expect(cards()).toEqual(["x\ntoner", "x\nink"]);
});

test("tags shown as cards come and go", async () => {
    await mountForm("partner_ids");
    stepCalls();
    expect(cards()).toEqual(["Azure", "Gemini"]);
    MockServer.env["test.sheet"].write([1], {partner_ids: [[6, 0, [2, 3]]]});
    await tell({update: [{ids: [1], stale: ["partner_ids"]}]});
    await settle();
    expect(cards()).toEqual(["Gemini", "Lumber"]);
    expect.verifySteps(["web_search_read"]);
});
