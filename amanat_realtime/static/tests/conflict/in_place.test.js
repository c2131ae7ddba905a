// Promise: a remote change of a field that the person is changing is marked at the
// field at once and overwrites nothing; the choice is made in place, and can be undone.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, waitForNone} from "@odoo/hoot-dom";
import {animationFrame, runAllTimers} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    MockServer,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {
    cell,
    defineLiveModels,
    Line,
    makeLive,
    settle,
    Sheet,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const ARCH = `
    <form>
        <field name="name"/><field name="note"/><field name="quantity"/>
        <field name="amount"/><field name="state"/><field name="partner_id"/>
        <field name="date"/><field name="body"/>
        <field name="partner_ids" widget="many2many_tags"/>
        <field name="line_ids">
            <list editable="bottom"><field name="name"/><field name="quantity"/></list>
        </field>
    </form>`;
const LUMBER = {id: 3, display_name: "Lumber"};

/** @type {{values: object, base: object}[]} */
let saves = [];

beforeEach(() => {
    makeLive(["test.sheet", "test.line"]);
    saves = [];
    onRpc("test.sheet", "web_save", ({args, kwargs}) => {
        saves.push({values: args[1], base: kwargs.context.amanat_realtime_base[1]});
    });
});

async function mountForm(params = {}) {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: ARCH,
        ...params,
    });
    await subscribed();
    if (document.querySelector(".o_field_x2many")) {
        await subscribed("amanat_realtime:test.line");
    }
}

const input = (name) => `.o_field_widget[name=${name}] input`;
const mark = (name) => `.o_field_widget[name=${name}] > .o_amanat_conflict`;
const save = () => contains(".o_form_button_save").click();
const isDirty = () =>
    !document.querySelector(".o_form_status_indicator_buttons.invisible");
const settled = async () => {
    await runAllTimers();
    await settle();
};

test("typing: marked at once with who and what, other fields follow", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7", {confirm: false});
    await tell({
        update: [{ids: [1], diff: {quantity: [1, 5], name: ["first", "renamed"]}}],
    });
    expect(mark("quantity")).toHaveText(/John.*5/s);
    expect(mark("quantity")).toHaveCount(1);
    expect(".o_amanat_conflict").toHaveCount(1);
    expect(input("quantity")).toHaveValue("7");
    expect(input("quantity")).toBeFocused();
    expect(input("name")).toHaveValue("renamed");
});

test("mine: the next save passes without a question", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7", {confirm: false});
    await tellChange(1, "quantity", 1, 5);
    await contains(".o_amanat_keep_mine").click();
    expect(".o_amanat_conflict").toHaveCount(0);
    expect(input("quantity")).toHaveValue("7");
    await save();
    expect(saves).toEqual([{values: {quantity: 7}, base: {quantity: 5}}]);
});

test("theirs, typed text included; undo brings mine back", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7", {confirm: false});
    await tellChange(1, "quantity", 1, 5);
    await contains(".o_amanat_take_theirs").click();
    await settled();
    expect(input("quantity")).toHaveValue("5");
    expect(isDirty()).toBe(false);
    await contains(".o_amanat_undo_take").click();
    expect(input("quantity")).toHaveValue("7");
    await save();
    expect(saves).toEqual([{values: {quantity: 7}, base: {quantity: 5}}]);
    expect(".o_amanat_conflict").toHaveCount(0);
});

test("an unreadable number gives way to theirs", async () => {
    await mountForm();
    await contains(input("quantity")).edit("seven");
    await tellChange(1, "quantity", 1, 5);
    expect(mark("quantity")).toHaveCount(1);
    await contains(".o_amanat_take_theirs").click();
    await settled();
    expect(input("quantity")).toHaveValue("5");
    expect(".o_field_invalid").toHaveCount(0);
});

test("they come back to what I started from: nothing to decide any more", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7");
    await tellChange(1, "quantity", 1, 5);
    expect(mark("quantity")).toHaveCount(1);
    await tellChange(1, "quantity", 5, 1);
    expect(mark("quantity")).toHaveCount(0);
    await save();
    expect(saves).toEqual([{values: {quantity: 7}, base: {quantity: 1}}]);
});

test("they come to what I have: nothing to decide any more", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7");
    await tellChange(1, "quantity", 1, 5);
    await tellChange(1, "quantity", 5, 7);
    expect(mark("quantity")).toHaveCount(0);
});

test("a discard shows theirs, and forgets the conflict", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7");
    await tellChange(1, "quantity", 1, 5);
    await contains(".o_form_button_cancel").click();
    expect(input("quantity")).toHaveValue("5");
    expect(".o_amanat_conflict").toHaveCount(0);
});

test("a long text: theirs, undo, and a save on top of theirs", async () => {
    await mountForm();
    await contains(".o_field_widget[name=note] textarea").edit("mine");
    await tellChange(1, "note", false, "theirs");
    expect(mark("note")).toHaveCount(1);
    await contains(`${mark("note")} .o_amanat_take_theirs`).click();
    await settled();
    expect(".o_field_widget[name=note] textarea").toHaveValue("theirs");
    await contains(`${mark("note")} .o_amanat_undo_take`).click();
    expect(".o_field_widget[name=note] textarea").toHaveValue("mine");
    await save();
    expect(saves.at(-1)).toEqual({values: {note: "mine"}, base: {note: "theirs"}});
});

test("a many2one: picked, and while it is searched", async () => {
    await mountForm();
    await contains(input("partner_id")).edit("Gem", {confirm: false});
    await runAllTimers();
    await tellChange(1, "partner_id", {id: 1, display_name: "Azure"}, LUMBER);
    expect(mark("partner_id")).toHaveText(/Lumber/);
    expect(input("partner_id")).toHaveValue("Gem");
    await contains(".o-autocomplete--dropdown-item:contains(Gemini)").click();
    await settled();
    expect(mark("partner_id")).toHaveText(/Lumber/);
    await contains(`${mark("partner_id")} .o_amanat_take_theirs`).click();
    await settled();
    expect(input("partner_id")).toHaveValue("Lumber");
    await contains(`${mark("partner_id")} .o_amanat_undo_take`).click();
    expect(input("partner_id")).toHaveValue("Gemini");
    await save();
    expect(saves).toEqual([{values: {partner_id: 2}, base: {partner_id: 3}}]);
});

test("a many2one that is searched: keep mine, then pick", async () => {
    await mountForm();
    await contains(input("partner_id")).edit("Gem", {confirm: false});
    await runAllTimers();
    await tellChange(1, "partner_id", {id: 1, display_name: "Azure"}, LUMBER);
    await contains(`${mark("partner_id")} .o_amanat_keep_mine`).click();
    await contains(input("partner_id")).edit("Gem", {confirm: false});
    await runAllTimers();
    await contains(".o-autocomplete--dropdown-item:contains(Gemini)").click();
    await save();
    expect(saves).toEqual([{values: {partner_id: 2}, base: {partner_id: 3}}]);
});

test("a date being typed keeps its text, and is released to theirs", async () => {
    Sheet._records[0].date = "2026-01-02";
    await mountForm();
    const field = ".o_field_widget[name=date]";
    await contains(`${field} input, ${field} button`).click();
    await contains(input("date")).edit("02/03/2026", {confirm: false});
    await tellChange(1, "date", "2026-01-02", "2026-05-06");
    expect(mark("date")).toHaveCount(1);
    expect(input("date")).toHaveValue("02/03/2026");
    await press("Tab");
    await settled();
    await save();
    expect(saves).toEqual([{values: {date: "2026-02-03"}, base: {date: "2026-01-02"}}]);
});

test("members of a many2many: theirs, and undo", async () => {
    await mountForm();
    await contains(".o_field_widget[name=partner_ids] .o_delete:first").click();
    MockServer.env["test.sheet"].write([1], {partner_ids: [1, 2, 3]});
    await tell({update: [{ids: [1], diff: {}, stale: ["partner_ids"]}]});
    await settled();
    const tags = () => queryAllTexts(".o_field_widget[name=partner_ids] .o_tag");
    expect(tags()).toEqual(["Gemini"]);
    expect(mark("partner_ids")).toHaveText(/Azure.*Gemini.*Lumber/s);
    await contains(`${mark("partner_ids")} .o_amanat_take_theirs`).click();
    await settled();
    expect(tags()).toEqual(["Azure", "Gemini", "Lumber"]);
    expect(isDirty()).toBe(false);
    await contains(`${mark("partner_ids")} .o_amanat_undo_take`).click();
    await settled();
    expect(tags()).toEqual(["Gemini"]);
    await save();
    expect(saves.at(-1).base).toEqual({partner_ids: [1, 2, 3]});
    expect(MockServer.env["test.sheet"].browse(1)[0].partner_ids).toEqual([2]);
});

test("members of a many2many: mine means what I see, not what I did", async () => {
    await mountForm();
    await contains(".o_field_widget[name=partner_ids] .o_delete:first").click();
    MockServer.env["test.sheet"].write([1], {partner_ids: [1, 2, 3]});
    await tell({update: [{ids: [1], diff: {}, stale: ["partner_ids"]}]});
    await settled();
    await contains(`${mark("partner_ids")} .o_amanat_keep_mine`).click();
    await save();
    expect(saves.at(-1).base).toEqual({partner_ids: [1, 2, 3]});
    expect(MockServer.env["test.sheet"].browse(1)[0].partner_ids).toEqual([2]);
});

test("properties: others' properties are taken over, mine stay", async () => {
    await mountForm({
        arch: `<form><field name="partner_id"/><field name="properties"/></form>`,
    });
    await contains(".o_property_field:eq(0) input").edit("2nd");
    MockServer.env["test.sheet"].write([1], {
        properties: [
            {name: "floor", string: "Floor", type: "char", value: "1st"},
            {name: "desk", string: "Desk", type: "char", value: "at the door"},
        ],
    });
    await tell({update: [{ids: [1], diff: {}, stale: ["properties"]}]});
    await settled();
    expect(".o_property_field:eq(0) input").toHaveValue("2nd");
    expect(".o_property_field:eq(1) input").toHaveValue("at the door");
    expect(".o_amanat_conflict").toHaveCount(0);
    await save();
    const sent = saves[0].values.properties.map(({name, value}) => [name, value]);
    expect(sent).toEqual([
        ["floor", "2nd"],
        ["desk", "at the door"],
    ]);
});

test("lines: marked in their cell; lines added and removed by others follow", async () => {
    await mountForm();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("7", {confirm: "tab"});
    await contains(input("name")).click();
    const lines = MockServer.env["test.line"];
    lines.write([1], {quantity: 5});
    lines.unlink([2]);
    const added = lines.create({name: "staples", quantity: 3, sheet_id: 1});
    MockServer.env["test.sheet"].write([1], {line_ids: [[6, 0, [1, added]]]});
    await tell({model: "test.line", update: [{ids: [1], diff: {quantity: [1, 5]}}]});
    await tell({update: [{ids: [1], diff: {}, stale: ["line_ids"]}]});
    await settled();
    expect(".o_data_row").toHaveCount(2);
    expect(".o_data_row:eq(0) .o_amanat_conflict").toHaveCount(1);
    expect(".o_data_row:eq(1) td[name=name]").toHaveText("staples");
    await contains(".o_data_row:eq(0) td[name=quantity]").click();
    await contains(".o_data_row:eq(0) .o_amanat_keep_mine").click();
    await save();
    expect(saves).toEqual([
        {
            values: {line_ids: [[1, 1, {quantity: 7}]]},
            base: {line_ids: {1: {quantity: 5}}},
        },
    ]);
});

test("a changed line that somebody deletes stays, struck through", async () => {
    await mountForm();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("7", {confirm: "tab"});
    MockServer.env["test.line"].unlink([1]);
    await tell({model: "test.line", unlink: [1]});
    await settled();
    expect(".o_data_row").toHaveCount(2);
    expect(".o_data_row:eq(0)").toHaveClass("o_amanat_gone");
    expect(".o_data_row:eq(0)").toHaveAttribute("title", /deleted by John/);
    await contains(".o_form_button_cancel").click();
    await settled();
    expect(".o_data_row").toHaveCount(1);
    expect(".o_data_row:eq(0)").not.toHaveClass("o_amanat_gone");
});

test("a line that I deleted keeps its base when they change it", async () => {
    await mountForm();
    await contains(".o_data_row:eq(0) .o_list_record_remove").click();
    MockServer.env["test.line"].write([1], {quantity: 5});
    await tell({model: "test.line", update: [{ids: [1], diff: {quantity: [1, 5]}}]});
    await settled();
    await save();
    expect(saves[0].base.line_ids[1].quantity).toBe(1);
});

test("in a list: marked in the cell, the choice keeps the row in edition", async () => {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list editable="bottom"><field name="name"/><field name="quantity"/></list>`,
    });
    await subscribed();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("7", {confirm: false});
    await tellChange(1, "quantity", 1, 5);
    expect(".o_data_row:eq(0) .o_amanat_conflict").toHaveCount(1);
    await contains(".o_amanat_take_theirs").click();
    await settled();
    expect(`${cell(0, "quantity")} input`).toHaveValue("5");
    expect(".o_data_row:eq(0)").toHaveClass("o_selected_row");
    expect(saves).toEqual([]);
    await contains(".o_amanat_undo_take").click();
    await animationFrame();
    await press("Enter");
    await animationFrame();
    expect(saves).toEqual([{values: {quantity: 7}, base: {quantity: 5}}]);
});

test("what is only computed is nobody's work: it is never marked", async () => {
    await mountForm({
        arch: `<form><field name="name"/><field name="quantity" readonly="1"/></form>`,
    });
    const [{root}] = [...getService("amanat_realtime").patchers.keys()];
    root._applyChanges({}, {quantity: 80});
    await tellChange(1, "quantity", 1, 40);
    expect(".o_amanat_conflict").toHaveCount(0);
    expect(".o_notification").toHaveCount(0);
});

test("what was taken on one record is not offered back on the next", async () => {
    await mountForm({resIds: [1, 2]});
    await contains(input("quantity")).edit("7");
    await tellChange(1, "quantity", 1, 5);
    await contains(".o_amanat_take_theirs").click();
    await settled();
    expect(".o_amanat_undo_take").toHaveCount(1);
    await contains(input("name")).edit("renamed");
    await contains(".o_pager_next").click();
    expect(input("name")).toHaveValue("second");
    expect(".o_amanat_conflict").toHaveCount(0);
});

test("theirs taken in a line's dialog that is then closed: mine is in question again", async () => {
    await mountForm({
        arch: `
            <form>
                <field name="name"/>
                <field name="line_ids">
                    <list><field name="name"/><field name="quantity"/></list>
                    <form><field name="name"/><field name="quantity"/></form>
                </field>
            </form>`,
    });
    const inDialog = ".modal [name=quantity] input";
    await contains(cell(0, "name")).click();
    await contains(inDialog).edit("7");
    await contains(".modal .o_form_button_save").click();
    await waitForNone(".modal");
    await contains(cell(0, "name")).click();
    MockServer.env["test.line"].write([1], {quantity: 5});
    await tell({model: "test.line", update: [{ids: [1], diff: {quantity: [1, 5]}}]});
    await contains(".modal .o_amanat_take_theirs").click();
    await settled();
    expect(inDialog).toHaveValue("5");
    await contains(".modal .o_form_button_cancel").click();
    await waitForNone(".modal");
    await settled();
    await save();
    expect(saves).toEqual([
        {
            values: {line_ids: [[1, 1, {quantity: 7}]]},
            base: {line_ids: {1: {quantity: 1}}},
        },
    ]);
});

test("a line that moves up from another page is shown with its values", async () => {
    Line._records.push({id: 3, name: "staples", quantity: 3, sheet_id: 1});
    Sheet._records[0].line_ids = [1, 2, 3];
    await mountForm({
        arch: `
            <form>
                <field name="name"/>
                <field name="line_ids">
                    <list limit="2"><field name="name"/><field name="quantity"/></list>
                </field>
            </form>`,
    });
    await contains(".o_field_x2many .o_pager_next").click();
    expect(".o_data_row").toHaveCount(1);
    const lines = MockServer.env["test.line"];
    lines.unlink([1]);
    const more = lines.create({name: "glue", quantity: 9, sheet_id: 1});
    MockServer.env["test.sheet"].write([1], {line_ids: [[6, 0, [2, 3, more]]]});
    await tell({update: [{ids: [1], diff: {}, stale: ["line_ids"]}]});
    await settled();
    expect(queryAllTexts(".o_data_row td[name=name]")).toEqual(["glue"]);
    expect(queryAllTexts(".o_data_row td[name=quantity]")).toEqual(["9"]);
});
