// Promise: an open form follows what others save, its name in the breadcrumb included,
// keeps what the person is changing, and says so when its record is gone.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred, runAllTimers} from "@odoo/hoot-mock";
import {contains, MockServer, mountView, onRpc} from "@web/../tests/web_test_helpers";
import {
    defineLiveModels,
    makeLive,
    settle,
    stepCalls,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

const ARCH = `
    <form>
        <field name="name"/><field name="note"/><field name="quantity"/><field name="amount"/>
        <field name="state"/><field name="partner_id"/><field name="date"/>
        <field name="line_ids">
            <list editable="bottom"><field name="name"/><field name="quantity"/></list>
        </field>
    </form>`;

async function mountForm(params = {}) {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: ARCH,
        ...params,
    });
    await subscribed();
    stepCalls();
}

const db = () => MockServer.env["test.sheet"];
const input = (name) => `.o_field_widget[name=${name}] input`;

test("clean fields are patched, without an rpc and without making the form dirty", async () => {
    await mountForm();
    await tell({
        update: [
            {
                ids: [1],
                diff: {
                    name: ["first", "remote"],
                    note: [false, "a text"],
                    amount: [1.5, 7.25],
                    state: ["draft", "done"],
                    partner_id: [{id: 1, display_name: "Azure"}, false],
                },
            },
        ],
    });
    expect(input("name")).toHaveValue("remote");
    expect(".o_field_widget[name=note] textarea").toHaveValue("a text");
    expect(input("amount")).toHaveValue("7.25");
    expect(input("partner_id")).toHaveValue("");
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
    await settle();
    expect.verifySteps([]);
});

test("the name of the record follows in the breadcrumb", async () => {
    await mountForm();
    expect(".o_breadcrumb").toHaveText(/first/);
    db().write([1], {name: "renamed"});
    await tell({
        update: [
            {ids: [1], diff: {name: ["first", "renamed"]}, stale: ["display_name"]},
        ],
    });
    await settle();
    expect(".o_breadcrumb").toHaveText(/renamed/);
    expect.verifySteps(["web_search_read"]);
});

test("a local change stays, other fields follow, discard shows the remote value", async () => {
    await mountForm();
    await contains(input("name")).edit("mine");
    await tell({
        update: [{ids: [1], diff: {name: ["first", "theirs"], quantity: [1, 5]}}],
    });
    expect(input("name")).toHaveValue("mine");
    expect(input("quantity")).toHaveValue("5");
    expect(".o_notification").toHaveText(/John changed “Name” of first.*mine.*theirs/s);
    await contains(".o_form_button_cancel").click();
    expect(input("name")).toHaveValue("theirs");
    expect.verifySteps([]);
});

test("a date that others change does not make the form forget what is being typed", async () => {
    await mountForm();
    await contains(input("name")).edit("typing", {confirm: false});
    expect(".o_form_status_indicator_buttons").not.toHaveClass("invisible");
    await tellChange(1, "date", false, "2031-05-06");
    await animationFrame();
    await animationFrame();
    await animationFrame();
    expect(".o_field_widget[name=date]").toHaveText(/2031/);
    expect(input("name")).toHaveValue("typing");
    expect(".o_form_status_indicator_buttons").not.toHaveClass("invisible");
    await contains(input("name")).edit("first", {confirm: "enter"});
    await animationFrame();
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
});

test("both made the same change: nothing to warn about", async () => {
    await mountForm();
    await contains(input("name")).edit("agreed");
    await tell({update: [{ids: [1], diff: {name: ["first", "agreed"]}}]});
    expect(".o_notification").toHaveCount(0);
    expect.verifySteps([]);
});

test("a name being searched in a many2one is not thrown away", async () => {
    await mountForm();
    await contains(input("partner_id")).edit("Gem", {confirm: false});
    await runAllTimers();
    expect(".o-autocomplete--dropdown-menu").toHaveCount(1);
    await tellChange(1, "partner_id", {id: 1, display_name: "Azure"}, false);
    expect(input("partner_id")).toHaveValue("Gem");
    expect(".o-autocomplete--dropdown-menu").toHaveCount(1);
    expect(".o_notification").toHaveCount(1);
    expect.verifySteps([]);
    await press("Escape");
    await contains(input("name")).click();
    await runAllTimers();
    await settle();
    expect(input("partner_id")).toHaveValue("");
    expect.verifySteps(["web_search_read"]);
});

test("a deleted record says so, keeps its values and does not crash on save", async () => {
    await mountForm();
    await contains(input("name")).edit("mine");
    await tell({unlink: [1]});
    expect(".o_amanat_gone_banner").toHaveText(/This record was deleted by John/);
    expect(".o_amanat_gone_banner").toHaveAttribute("role", "alert");
    expect(input("name")).toHaveValue("mine");
    await contains(".o_form_button_save").click();
    expect(".o_notification").toHaveText("This record was deleted by John");
    expect(input("name")).toHaveValue("mine");
    await contains(".o_form_button_cancel").click();
    expect(input("name")).toHaveValue("first");
    expect.verifySteps([]);
});

test("a record that may not be read any more, and then may again", async () => {
    await mountForm();
    await tell({leave: [1]});
    expect(".o_amanat_gone_banner").toHaveText(/no longer have access/);
    await tell({enter: [1]});
    await settle();
    expect(".o_amanat_gone_banner").toHaveCount(0);
    expect.verifySteps(["web_search_read"]);
});

test("a read that finds the record gone says so", async () => {
    await mountForm();
    db().unlink([1]);
    await tell({update: [{ids: [1], stale: ["name"]}]});
    await settle();
    expect(".o_amanat_gone_banner").toHaveCount(1);
    expect.verifySteps(["web_search_read"]);
});

test("a change that arrives during a save is not lost", async () => {
    const saved = new Deferred();
    onRpc("web_save", async () => {
        await saved;
    });
    await mountForm();
    await contains(input("name")).edit("mine");
    await contains(".o_form_button_save").click();
    await tell({update: [{ids: [1], diff: {quantity: [1, 8]}}]});
    expect(input("quantity")).toHaveValue("1");
    saved.resolve();
    await settle();
    expect(input("name")).toHaveValue("mine");
    expect(input("quantity")).toHaveValue("8");
    expect.verifySteps(["web_save"]);
});

test("a read that a save overtook is done again", async () => {
    const answers = [new Deferred(), new Deferred()];
    let asked = 0;
    await mountForm();
    onRpc("test.sheet", "web_search_read", async ({parent}) => {
        const result = await parent();
        await answers[asked++];
        return result;
    });
    db().write([1], {note: "from others"});
    await tell({update: [{ids: [1], stale: ["note"]}]});
    await settle();
    await contains(input("name")).edit("mine");
    await contains(".o_form_button_save").click();
    answers.forEach((answer) => answer.resolve());
    await animationFrame();
    await advanceTime(1000);
    await settle();
    expect.verifySteps(["web_search_read", "web_save", "web_search_read"]);
    expect(input("name")).toHaveValue("mine");
    expect(".o_field_widget[name=note] textarea").toHaveValue("from others");
});

test("lines are merged without closing the one in edition", async () => {
    await mountForm();
    await contains(".o_data_row:eq(0) [name=name]").click();
    const edited = queryOne(".o_selected_row [name=name] input");
    MockServer.env["test.line"].write([2], {quantity: 22});
    const [id] = MockServer.env["test.line"].create([{name: "ink", sheet_id: 1}]);
    db().write([1], {line_ids: [[4, id]]});
    await tell({update: [{ids: [1], stale: ["line_ids"]}]});
    await settle();
    expect(".o_data_row").toHaveCount(3);
    expect(".o_data_row:eq(1) [name=quantity]").toHaveText("22");
    expect(edited).toBeFocused();
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
    expect.verifySteps(["web_search_read"]);
});

test("lines of a live model follow by themselves", async () => {
    makeLive(["test.sheet", "test.line"]);
    await mountForm();
    await subscribed("amanat_realtime:test.line");
    await tell({model: "test.line", update: [{ids: [2], diff: {quantity: [2, 44]}}]});
    expect(".o_data_row:eq(1) [name=quantity]").toHaveText("44");
    await settle();
    expect.verifySteps([]);
});

test("a new record is nobody else's business", async () => {
    await mountForm({resId: undefined});
    await tell({
        update: [{ids: [1], diff: {name: ["", "x"]}}],
        create: [9],
        unlink: [3],
    });
    await settle();
    expect(input("name")).toHaveValue("");
    expect.verifySteps([]);
});

test("the write date is read again by forms that show it", async () => {
    await mountForm({
        arch: `<form><field name="name"/><field name="write_date"/></form>`,
    });
    await tellChange(1, "name", "first", "remote");
    await settle();
    expect.verifySteps(["web_search_read"]);
});

test("a write date loaded by an image costs no rpc", async () => {
    await mountForm({
        arch: `<form><field name="name"/><field name="image" widget="image"/></form>`,
    });
    await tellChange(1, "name", "first", "remote");
    await settle();
    expect(input("name")).toHaveValue("remote");
    expect.verifySteps([]);
});
