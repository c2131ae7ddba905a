// Promise: lines that others add, change, reorder and remove show up in an open form in
// place, with the sums below them, and the line that the person works on is not touched.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {contains, MockServer, mountView, onRpc} from "@web/../tests/web_test_helpers";
import {
    cell,
    defineLiveModels,
    Line,
    makeLive,
    settle,
    Sheet,
    stepCalls,
    subscribed,
    tell,
    tellAll,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => {
    makeLive(["test.sheet", "test.line"]);
    Line._records.forEach((line, index) => (line.sequence = index + 1));
    Line._order = "sequence, id";
});

const LINES = `
    <list editable="bottom" default_order="sequence">
        <field name="sequence" widget="handle"/>
        <field name="name"/>
        <field name="quantity" sum="Total"/>
    </list>`;

async function mountForm(list = LINES) {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form><field name="name"/><field name="line_ids">${list}</field></form>`,
    });
    await subscribed();
    await subscribed("amanat_realtime:test.line");
    stepCalls();
}

const lines = () => MockServer.env["test.line"];
const names = () => queryAllTexts(".o_data_row td[name=name]");
const stale = {update: [{ids: [1], stale: ["line_ids"]}]};

function createLine(values) {
    const [id] = lines().create([{sheet_id: 1, ...values}]);
    const ids = MockServer.env["test.sheet"].browse(1)[0].line_ids;
    MockServer.env["test.sheet"].write([1], {line_ids: [[6, 0, [...ids, id]]]});
    return id;
}

/** What somebody else does to the lines, and what the server tells about it. */
async function addLine(values) {
    const id = createLine(values);
    await tellAll([{model: "test.line", create: [id]}, stale]);
}

async function removeLine(id) {
    lines().unlink([id]);
    await tellAll([{model: "test.line", unlink: [id]}, stale]);
}

async function changeLine(id, fieldName, oldValue, newValue) {
    lines().write([id], {[fieldName]: newValue});
    await tell({
        model: "test.line",
        update: [{ids: [id], diff: {[fieldName]: [oldValue, newValue]}}],
    });
}

test("a changed line: its cell and the sum, without an rpc", async () => {
    await mountForm();
    const row = queryOne(".o_data_row:eq(1)");
    await changeLine(2, "quantity", 2, 40);
    expect(cell(1, "quantity")).toHaveText("40");
    expect("tfoot .o_list_number").toHaveText("41");
    expect(queryOne(".o_data_row:eq(1)")).toBe(row);
    await settle();
    expect.verifySteps([]);
});

test("added and removed lines: in one read, in their place, with the sum", async () => {
    await mountForm();
    const id = createLine({name: "between", quantity: 10, sequence: 1});
    lines().unlink([2]);
    await tellAll([{model: "test.line", create: [id], unlink: [2]}, stale]);
    await settle();
    expect(names()).toEqual(["paper", "between"]);
    expect("tfoot .o_list_number").toHaveText("11");
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
    expect.verifySteps(["web_search_read"]);
});

test("another order of the lines", async () => {
    await mountForm();
    lines().write([1], {sequence: 5});
    await tellAll([
        {model: "test.line", update: [{ids: [1], diff: {sequence: [1, 5]}}]},
        stale,
    ]);
    await settle();
    expect(names()).toEqual(["toner", "paper"]);
    expect.verifySteps(["web_search_read"]);
});

test("the line in edition keeps text and focus while others come, go and change", async () => {
    await mountForm();
    await contains(cell(0, "name")).click();
    const edited = queryOne(".o_selected_row [name=name] input");
    await contains(edited).edit("typing", {confirm: false});
    edited.setSelectionRange(2, 2);
    await addLine({name: "ink", quantity: 5, sequence: 9});
    // on a slow machine, one read would do for all
    await settle();
    await removeLine(2);
    await changeLine(1, "quantity", 1, 7);
    await settle();
    expect(names().slice(1)).toEqual(["ink"]);
    expect(edited).toBeFocused();
    expect(edited).toHaveValue("typing");
    expect(edited.selectionStart).toBe(2);
    expect(".o_selected_row [name=quantity] input").toHaveValue("7");
    expect("tfoot .o_list_number").toHaveText("12");
    expect.verifySteps(["web_search_read", "web_search_read"]);
});

test("the line in edition keeps the focus while the lines around it change at once", async () => {
    Line._records.push(
        {id: 3, name: "third", quantity: 3, sheet_id: 1, sequence: 3},
        {id: 4, name: "fourth", quantity: 4, sheet_id: 1, sequence: 4}
    );
    Sheet._records[0].line_ids = [1, 2, 3, 4];
    await mountForm();
    await contains(cell(1, "name")).click();
    const edited = queryOne(".o_selected_row [name=name] input");
    await contains(edited).edit("typing", {confirm: false});
    let hasLeft = false;
    edited.addEventListener("blur", () => (hasLeft = true));
    lines().unlink([1, 3]);
    createLine({name: "last", sequence: 9});
    await tellAll([{model: "test.line", unlink: [1, 3]}, stale]);
    await settle();
    await animationFrame();
    await animationFrame();
    expect(hasLeft).toBe(false);
    expect(edited).toBeFocused();
    expect(edited).toHaveValue("typing");
    expect(names().slice(1)).toEqual(["fourth", "last"]);
    expect.verifySteps(["web_search_read"]);
});

test("a line that is not saved yet stays, and is saved with what others did", async () => {
    const saved = [];
    onRpc("test.sheet", "web_save", ({args}) => {
        saved.push(args[1].line_ids);
    });
    await mountForm();
    await contains(".o_field_x2many_list_row_add a").click();
    await contains(".o_selected_row [name=name] input").edit("mine", {confirm: false});
    await addLine({name: "ink", quantity: 5, sequence: 9});
    // on a slow machine, one read would do for both
    await settle();
    await removeLine(2);
    await settle();
    expect(".o_selected_row [name=name] input").toHaveValue("mine");
    expect(names()).toInclude("ink");
    expect(names()).not.toInclude("toner");
    await contains(".o_form_button_save").click();
    await settle();
    expect(saved).toHaveLength(1);
    expect(saved[0]).toHaveLength(1);
    expect(saved[0][0][0]).toBe(0);
    expect(saved[0][0][2].name).toBe("mine");
    expect(names().sort()).toEqual(["ink", "mine", "paper"]);
    expect.verifySteps(["web_search_read", "web_search_read", "web_save"]);
});

test("the pages of a long list of lines count right", async () => {
    await mountForm(`<list limit="2"><field name="name"/></list>`);
    await addLine({name: "third", sequence: 9});
    await settle();
    expect(".o_field_x2many .o_pager_limit").toHaveText("3");
    expect(names()).toEqual(["paper", "toner"]);
    await removeLine(1);
    await settle();
    expect(names()).toEqual(["toner", "third"]);
    expect(".o_field_x2many .o_pager").toHaveCount(0);
    expect.verifySteps(["web_search_read", "web_search_read"]);
});

test("records of a many2many list: linked, changed and unlinked by others", async () => {
    makeLive(["test.sheet", "test.partner"]);
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form><field name="partner_ids"><list><field name="name"/></list></field></form>`,
    });
    await subscribed();
    await subscribed("amanat_realtime:test.partner");
    expect(names()).toEqual(["Azure", "Gemini"]);
    MockServer.env["test.sheet"].write([1], {partner_ids: [[6, 0, [2, 3]]]});
    MockServer.env["test.partner"].write([2], {name: "Gemini Ltd"});
    await tell({update: [{ids: [1], stale: ["partner_ids"]}]});
    await tell({
        model: "test.partner",
        update: [{ids: [2], diff: {name: ["Gemini", "Gemini Ltd"]}}],
    });
    await settle();
    expect(names()).toEqual(["Gemini Ltd", "Lumber"]);
});

async function mountTags() {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list><field name="name"/><field name="partner_ids" widget="many2many_tags"/></list>`,
    });
    await subscribed();
}

test("tags in a list row follow without moving anything else", async () => {
    Sheet._records[1].partner_ids = [3];
    await mountTags();
    const row = queryOne(".o_data_row:eq(1)");
    MockServer.env["test.sheet"].write([2], {partner_ids: [[6, 0, [1, 2]]]});
    await tell({update: [{ids: [2], stale: ["partner_ids"]}]});
    await settle();
    await animationFrame();
    expect(queryAllTexts(".o_data_row:eq(1) .o_tag")).toEqual(["Azure", "Gemini"]);
    expect(queryOne(".o_data_row:eq(1)")).toBe(row);
});

test("lines and tags are read again when their model is", async () => {
    makeLive(["test.sheet", "test.partner"]);
    await mountTags();
    await subscribed("amanat_realtime:test.partner");
    expect(queryAllTexts(".o_data_row:eq(0) .o_tag")).toEqual(["Azure", "Gemini"]);
    MockServer.env["test.partner"].write([2], {name: "Gemini Ltd"});
    stepCalls();
    await tell({model: "test.partner", refresh: true});
    await advanceTime(2100);
    await settle();
    expect(queryAllTexts(".o_data_row:eq(0) .o_tag")).toEqual(["Azure", "Gemini Ltd"]);
    expect.verifySteps(["web_search_read"]);
});

test("what the view shows nothing of is not read again", async () => {
    makeLive(["test.sheet", "test.partner"]);
    Sheet._records.forEach((record) => (record.partner_ids = []));
    await mountTags();
    await subscribed("amanat_realtime:test.partner");
    stepCalls();
    await tell({model: "test.partner", refresh: true});
    await advanceTime(2100);
    await settle();
    expect.verifySteps([]);
});
