// Promise: every save tells the server what the person started from, whatever widget
// they used and whatever others saved in between; nothing else carries these values.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, unload} from "@odoo/hoot-dom";
import {animationFrame, Deferred, mockSendBeacon, runAllTimers} from "@odoo/hoot-mock";
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
        <field name="date"/><field name="start"/><field name="checked"/>
        <field name="partner_ids" widget="many2many_tags"/>
        <field name="line_ids">
            <list editable="bottom">
                <field name="sequence" widget="handle" optional="hide"/>
                <field name="name"/><field name="quantity"/>
            </list>
        </field>
    </form>`;

/** @type {object[]} */
let sent = [];

beforeEach(() => {
    makeLive(["test.sheet"]);
    sent = [];
    onRpc("test.sheet", "*", ({method, kwargs, args}) => {
        if (method.startsWith("web_save") || method === "web_resequence") {
            const {amanat_realtime_base: base, ...context} = kwargs.context;
            sent.push({method, ids: args[0], base, context});
        } else {
            expect(kwargs.context || {}).not.toInclude("amanat_realtime_base");
        }
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
}

const theModel = () => [...getService("amanat_realtime").patchers.keys()][0];
/** The button cannot be pressed again before the answer. */
const saveWithoutWaiting = async () => {
    theModel().root.save();
    await animationFrame();
};
const save = () => contains(".o_form_button_save").click();
const input = (name) => `.o_field_widget[name=${name}] input`;
const lastBase = () => sent.at(-1).base;

test("values of all simple kinds", async () => {
    Sheet._records[0].date = "2026-01-02";
    Sheet._records[0].start = "2026-01-02 10:00:00";
    await mountForm();
    await contains(input("name")).edit("mine");
    await contains(".o_field_widget[name=note] textarea").edit("text");
    await contains(input("quantity")).edit("7");
    await contains(input("amount")).edit("7.5");
    await contains(input("checked")).click();
    await contains(
        ".o_field_widget[name=date] input, .o_field_widget[name=date] button"
    ).click();
    await contains(input("date")).edit("02/03/2026");
    await save();
    expect(lastBase()).toEqual({
        1: {
            name: "first",
            note: false,
            quantity: 1,
            amount: 1.5,
            checked: false,
            date: "2026-01-02",
        },
    });
});

test("the base of what is being typed survives what others save meanwhile", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7", {confirm: false});
    await tellChange(1, "quantity", 1, 5);
    await tellChange(1, "quantity", 5, 6);
    expect(input("quantity")).toHaveValue("7");
    await save();
    expect(lastBase()).toEqual({1: {quantity: 1}});
});

test("the base of a change survives what others save meanwhile", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7");
    await tellChange(1, "quantity", 1, 5);
    await contains(input("quantity")).edit("8");
    await save();
    expect(lastBase()).toEqual({1: {quantity: 1}});
});

test("after a save, and after a discard, the base is what is there then", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7");
    await save();
    await contains(input("quantity")).edit("8");
    await save();
    expect(lastBase()).toEqual({1: {quantity: 7}});
    await contains(input("quantity")).edit("9");
    await tellChange(1, "quantity", 8, 10);
    await contains(".o_form_button_cancel").click();
    await contains(input("quantity")).edit("11");
    await save();
    expect(lastBase()).toEqual({1: {quantity: 10}});
});

test("typing that was given up leaves no base behind", async () => {
    await mountForm();
    await contains(input("quantity")).edit("7", {confirm: false});
    await tellChange(1, "quantity", 1, 5);
    await contains(input("quantity")).edit("1", {confirm: false});
    await contains(input("name")).click();
    await runAllTimers();
    await settle();
    expect(input("quantity")).toHaveValue("5");
    await contains(input("quantity")).edit("6");
    await save();
    expect(lastBase()).toEqual({1: {quantity: 5}});
});

test("a many2one, also one that is being searched", async () => {
    await mountForm();
    await contains(input("partner_id")).edit("Gem", {confirm: false});
    await runAllTimers();
    await tellChange(
        1,
        "partner_id",
        {id: 1, display_name: "Azure"},
        {
            id: 3,
            display_name: "Lumber",
        }
    );
    await contains(".o-autocomplete--dropdown-item:contains(Gemini)").click();
    await save();
    expect(lastBase()).toEqual({1: {partner_id: 1}});
});

test("members of a many2many", async () => {
    await mountForm();
    await contains(".o_field_widget[name=partner_ids] .o_delete:first").click();
    await save();
    expect(lastBase()).toEqual({1: {partner_ids: [1, 2]}});
});

test("lines: changed ones by field, removed ones by all their fields", async () => {
    await mountForm();
    await contains(`${cell(0, "quantity")}`).click();
    await contains(`${cell(0, "quantity")} input`).edit("5", {confirm: "tab"});
    await contains(".o_data_row:eq(1) .o_list_record_remove").click();
    await contains(".o_field_x2many_list_row_add a").click();
    await contains(".o_selected_row [name=name] input").edit("new line");
    await save();
    expect(lastBase()).toEqual({
        1: {line_ids: {1: {quantity: 1}, 2: {name: "toner", quantity: 2}}},
    });
});

test("properties are sent as a whole, as they were", async () => {
    await mountForm({
        arch: `<form><field name="partner_id"/><field name="properties"/></form>`,
    });
    await contains(".o_property_field:eq(0) input").edit("2nd");
    await save();
    const {properties} = lastBase()[1];
    expect(properties.map(({name, value}) => [name, value])).toEqual([
        ["floor", "1st"],
        ["desk", "by the window"],
    ]);
});

test("a new record has no base", async () => {
    await mountForm({resId: false});
    await contains(input("name")).edit("new");
    await save();
    expect(lastBase()).toBe(undefined);
});

test("models that are not live are saved as ever", async () => {
    makeLive([]);
    await mountView({type: "form", resModel: "test.sheet", resId: 1, arch: ARCH});
    await contains(input("name")).edit("mine");
    await save();
    expect(sent).toHaveLength(1);
    expect(lastBase()).toBe(undefined);
});

test("a cell of a list", async () => {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list editable="bottom"><field name="name"/><field name="quantity"/></list>`,
    });
    await subscribed();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("9", {confirm: false});
    await tellChange(1, "quantity", 1, 5);
    await press("Enter");
    await animationFrame();
    expect(lastBase()).toEqual({1: {quantity: 1}});
});

test("several records at once: each has its own base", async () => {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list multi_edit="1"><field name="name"/><field name="quantity"/></list>`,
    });
    await subscribed();
    await contains(".o_data_row:eq(0) .o_list_record_selector input").click();
    await contains(".o_data_row:eq(2) .o_list_record_selector input").click();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("9");
    await contains(".modal .btn-primary").click();
    expect(sent.at(-1).ids).toEqual([1, 3]);
    expect(lastBase()).toEqual({1: {quantity: 1}, 3: {quantity: 3}});
});

test("several records by a calculation", async () => {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list multi_edit="1"><field name="name"/><field name="quantity"/></list>`,
    });
    await subscribed();
    await contains(".o_data_row:eq(0) .o_list_record_selector input").click();
    await contains(".o_data_row:eq(2) .o_list_record_selector input").click();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("+=5");
    await contains(".modal .btn-primary").click();
    expect(sent.at(-1).method).toBe("web_save_multi");
    expect(lastBase()).toEqual({1: {quantity: 1}, 3: {quantity: 3}});
});

test("a card that is dragged to another column", async () => {
    await mountView({
        type: "kanban",
        resModel: "test.sheet",
        groupBy: ["state"],
        arch: `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`,
    });
    await subscribed();
    await contains(".o_kanban_group:eq(0) .o_kanban_record").dragAndDrop(
        ".o_kanban_group:eq(1)"
    );
    expect(lastBase()).toEqual({1: {state: "draft"}});
});

test("a click in the status bar", async () => {
    await mountForm({
        arch: `<form><header><field name="state" widget="statusbar" options="{'clickable': '1'}"/></header><field name="name"/></form>`,
    });
    await contains(".o_statusbar_status button[data-value=done]").click();
    expect(lastBase()).toEqual({1: {state: "draft"}});
});

test("the order of a list", async () => {
    Sheet._records.forEach((record, i) => (record.rank = i + 1));
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list default_order="rank"><field name="rank" widget="handle"/><field name="name"/></list>`,
    });
    await subscribed();
    await contains(".o_data_row:eq(2) .o_row_handle", {visible: false}).dragAndDrop(
        ".o_data_row:eq(0)"
    );
    expect(sent.at(-1).method).toBe("web_resequence");
    expect(lastBase()).toEqual({1: {rank: 1}, 2: {rank: 2}, 3: {rank: 3}});
});

test("a beacon when the page is closed, with what is still being typed", async () => {
    const beacons = [];
    mockSendBeacon((route, blob) => {
        beacons.push(blob);
        return true;
    });
    await mountForm();
    await contains(input("quantity")).edit("7", {confirm: false});
    await tellChange(1, "quantity", 1, 5);
    await unload();
    await animationFrame();
    const {params} = JSON.parse(await beacons[0].text());
    expect(params.args).toEqual([[1], {quantity: 7}]);
    expect(params.kwargs.context.amanat_realtime_base).toEqual({1: {quantity: 1}});
    expect(params.kwargs.context.amanat_realtime_unattended).toBe(true);
});

test("typing that begins while one's own save is under way keeps its base", async () => {
    const answer = new Deferred();
    await mountForm();
    onRpc("web_save", () => answer);
    await contains(input("name")).edit("mine");
    await saveWithoutWaiting();
    await contains(input("quantity")).edit("7", {confirm: false});
    MockServer.env["test.sheet"].write([1], {quantity: 5});
    answer.resolve();
    await animationFrame();
    await animationFrame();
    expect(input("quantity")).toHaveValue("7");
    await contains(".o_field_widget[name=note] textarea").click();
    await save();
    expect(lastBase()).toEqual({1: {quantity: 1}});
});

test("a commit that waits behind one's own save keeps its base", async () => {
    const answer = new Deferred();
    await mountForm();
    onRpc("web_save", () => answer);
    await contains(input("name")).edit("mine");
    await saveWithoutWaiting();
    await contains(input("quantity")).edit("7", {confirm: false});
    await tellChange(1, "quantity", 1, 5);
    await contains(".o_field_widget[name=note] textarea").click();
    await runAllTimers();
    answer.resolve();
    await animationFrame();
    await settle();
    await save();
    expect(lastBase()).toEqual({1: {quantity: 1}});
});

test("members of a many2many that are changed in place are compared too", async () => {
    await mountForm({
        arch: `
            <form>
                <field name="name"/>
                <field name="partner_ids">
                    <list editable="bottom"><field name="name"/></list>
                </field>
            </form>`,
    });
    await contains(cell(0, "name")).click();
    await contains(`${cell(0, "name")} input`).edit("Azure Interior", {confirm: "tab"});
    await save();
    expect(lastBase()).toEqual({1: {partner_ids: [{id: 1, name: "Azure"}, 2]}});
});

test("what was saved without reading it again is the base of what follows", async () => {
    await mountForm();
    const {root} = theModel();
    await contains(".o_field_widget[name=partner_ids] .o_delete:first").click();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("5", {confirm: "tab"});
    await root.save({reload: false});
    expect(lastBase()).toEqual({
        1: {partner_ids: [1, 2], line_ids: {1: {quantity: 1}}},
    });
    await contains(".o_field_widget[name=partner_ids] .o_delete:first").click();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("6", {confirm: "tab"});
    await save();
    expect(lastBase()).toEqual({1: {partner_ids: [2], line_ids: {1: {quantity: 5}}}});
});

test("typing on in a field that is being saved starts from what was saved", async () => {
    const answer = new Deferred();
    await mountForm();
    onRpc("web_save", () => answer);
    await contains(input("quantity")).edit("7");
    await saveWithoutWaiting();
    await contains(input("quantity")).edit("72", {confirm: false});
    answer.resolve();
    await animationFrame();
    await animationFrame();
    await contains(".o_field_widget[name=note] textarea").click();
    await save();
    expect(sent).toHaveLength(2);
    expect(lastBase()).toEqual({1: {quantity: 7}});
});

test("a search for members is no change of them: its base is what is shown", async () => {
    await mountForm();
    await contains(input("partner_ids")).edit("Lum", {confirm: false});
    MockServer.env["test.sheet"].write([1], {partner_ids: [1, 2, 3]});
    await tell({update: [{ids: [1], diff: {}, stale: ["partner_ids"]}]});
    await settle();
    expect(".o_field_widget[name=partner_ids] .o_tag").toHaveCount(3);
    await contains(".o_field_widget[name=partner_ids] .o_delete:first").click();
    await save();
    expect(lastBase()).toEqual({1: {partner_ids: [1, 2, 3]}});
});

test("a property in a column of a list", async () => {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list editable="bottom"><field name="partner_id"/><field name="properties"/></list>`,
        domain: [["id", "=", 1]],
    });
    await subscribed();
    await contains(".o_optional_columns_dropdown_toggle").click();
    await contains(".o-dropdown--menu input:first").click();
    await contains(".o_data_row td.o_data_cell:eq(1)").click();
    await contains(".o_data_row td.o_data_cell:eq(1) input").edit("2nd", {
        confirm: false,
    });
    MockServer.env["test.sheet"].write([1], {
        properties: [
            {name: "floor", string: "Floor", type: "char", value: "3rd"},
            {name: "desk", string: "Desk", type: "char", value: "by the window"},
        ],
    });
    await tell({update: [{ids: [1], diff: {}, stale: ["properties"]}]});
    await settle();
    await press("Enter");
    await animationFrame();
    expect(lastBase()[1].properties[0].value).toBe("1st");
});
