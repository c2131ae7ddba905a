// Promise: a save that would overwrite what somebody else saved is refused, in every way
// of saving, and the person decides: nothing is lost, nothing waits, the next save passes.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame, runAllTimers} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    MockServer,
    mountView,
    mountWithCleanup,
    getService,
    onRpc,
    defineActions,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {
    cell,
    defineLiveModels,
    Line,
    makeConflictError,
    makeLive,
    settle,
    Sheet,
    subscribed,
} from "../realtime_test_helpers";
import {mockVisibility} from "../connection/connection_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const FORM = `
    <form>
        <field name="name"/><field name="quantity"/><field name="note"/>
        <field name="partner_id"/>
        <field name="line_ids">
            <list editable="bottom"><field name="name"/><field name="quantity"/></list>
        </field>
    </form>`;
const LIST = `<list editable="bottom" multi_edit="1"><field name="name"/><field name="quantity"/></list>`;
const QUANTITY = {field: "quantity", label: "Quantity", type: "integer", base: 1};

/** @type {{method: string, ids: number[], values: any, base: any}[]} */
let saves = [];

beforeEach(() => {
    makeLive();
    saves = [];
});

/** As the server: refuses what does not start from what is stored. */
function guardQuantity(stored) {
    const check = (id, values, base) => {
        const {quantity: mine} = values;
        if (
            mine !== undefined &&
            base?.quantity !== stored[id] &&
            mine !== stored[id]
        ) {
            return {...QUANTITY, id, base: base?.quantity, mine, theirs: stored[id]};
        }
    };
    const answer = (method, {args, kwargs}) => {
        const [ids, values] = args;
        const bases = kwargs.context.amanat_realtime_base || {};
        const of = (i) => (Array.isArray(values) ? values[i] : values);
        saves.push({method, ids, values, base: bases});
        const conflicts = ids
            .map((id, i) => check(id, of(i), bases[id]))
            .filter(Boolean);
        if (conflicts.length) {
            throw makeConflictError(...conflicts);
        }
        ids.forEach((id, i) => (stored[id] = of(i).quantity ?? stored[id]));
    };
    onRpc("web_save", (params) => answer("web_save", params));
    onRpc("web_save_multi", (params) => answer("web_save_multi", params));
}

/** The first save is refused, those after it are done. */
function refuseOnce(...conflicts) {
    let refused = false;
    onRpc("web_save", ({args, kwargs}) => {
        saves.push({values: args[1], base: kwargs.context.amanat_realtime_base});
        if (!refused) {
            refused = true;
            throw makeConflictError(...conflicts);
        }
    });
}

/** Somebody saved another value, and this page did not hear of it. */
function saveBehindTheBack(values, id = 1) {
    MockServer.env["test.sheet"].write([id], values);
}

async function mountForm(params = {}) {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: FORM,
        ...params,
    });
    await subscribed();
}

async function mountList(params = {}) {
    await mountView({type: "list", resModel: "test.sheet", arch: LIST, ...params});
    await subscribed();
}

const input = (name) => `.o_field_widget[name=${name}] input`;
const saveButton = () => contains(".o_form_button_save").click();
const DIALOG = ".o_amanat_conflict_dialog";
const choose = async (name) => {
    await contains(`${DIALOG} button[name=${name}]`).click();
    await settle();
};

test("form button: keep mine", async () => {
    guardQuantity({1: 5});
    await mountForm();
    saveBehindTheBack({quantity: 5});
    await contains(input("quantity")).edit("7");
    await saveButton();
    expect(DIALOG).toHaveCount(1);
    expect(`${DIALOG} .o_amanat_original dd`).toHaveText("1");
    expect(`${DIALOG} .o_amanat_mine dd`).toHaveText("7");
    expect(`${DIALOG} .o_amanat_theirs dd`).toHaveText("5");
    expect(".o_form_status_indicator_buttons").not.toHaveClass("invisible");
    await choose("mine");
    expect(DIALOG).toHaveCount(0);
    expect(saves.at(-1).values).toEqual({quantity: 7});
    expect(saves.at(-1).base).toEqual({1: {quantity: 5}});
    expect(saves).toHaveLength(2);
    expect(input("quantity")).toHaveValue("7");
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
    expect(".o_amanat_conflict").toHaveCount(0);
});

test("form button: take theirs, other changes are saved, and undo", async () => {
    guardQuantity({1: 5});
    await mountForm();
    saveBehindTheBack({quantity: 5});
    await contains(input("quantity")).edit("7");
    await contains(input("name")).edit("renamed");
    await saveButton();
    await choose("theirs");
    expect(saves.at(-1).values).toEqual({name: "renamed"});
    expect(input("quantity")).toHaveValue("5");
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
    await contains(".o_amanat_conflict .o_amanat_undo_take").click();
    expect(input("quantity")).toHaveValue("7");
    await saveButton();
    expect(saves.at(-1).values).toEqual({quantity: 7});
    expect(saves.at(-1).base).toEqual({1: {quantity: 5}});
    expect(DIALOG).toHaveCount(0);
});

test("cancel and Escape keep editing: nothing is locked, nothing is lost", async () => {
    guardQuantity({1: 5});
    await mountForm();
    saveBehindTheBack({quantity: 5});
    await contains(input("quantity")).edit("7");
    for (const leave of [
        () => contains(`${DIALOG} button[name=cancel]`).click(),
        () => press("Escape"),
    ]) {
        await saveButton();
        expect(DIALOG).toHaveCount(1);
        await leave();
        await animationFrame();
        expect(DIALOG).toHaveCount(0);
        expect(input("quantity")).toHaveValue("7");
        expect(".o_amanat_conflict").toHaveCount(1);
    }
    await contains(input("name")).edit("still editable");
    await contains(".o_amanat_keep_mine").click();
    await saveButton();
    expect(saves.at(-1).values).toEqual({quantity: 7, name: "still editable"});
    expect(saves.at(-1).base).toEqual({1: {quantity: 5, name: "first"}});
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
});

test("a third value that was saved while the question was open is asked about", async () => {
    const stored = {1: 5};
    guardQuantity(stored);
    await mountForm();
    saveBehindTheBack({quantity: 5});
    await contains(input("quantity")).edit("7");
    await saveButton();
    stored[1] = 6;
    saveBehindTheBack({quantity: 6});
    await choose("mine");
    expect(DIALOG).toHaveCount(1);
    expect(`${DIALOG} .o_amanat_theirs dd`).toHaveText("6");
    await choose("mine");
    expect(stored[1]).toBe(7);
});

test("a question is withdrawn once the record was saved without an answer", async () => {
    const stored = {1: 5};
    guardQuantity(stored);
    await mountForm();
    const tab = mockVisibility();
    saveBehindTheBack({quantity: 5});
    await contains(input("quantity")).edit("7");
    await saveButton();
    expect(DIALOG).toHaveCount(1);
    // they take theirs back, and the form saves itself where nobody looks
    stored[1] = 1;
    saveBehindTheBack({quantity: 1});
    await tab.set(true);
    await settle();
    expect(stored[1]).toBe(7);
    expect(DIALOG).toHaveCount(0);
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
});

test("several fields: one choice for each", async () => {
    const name = {field: "name", label: "Name", type: "char", base: "first"};
    refuseOnce(
        {...QUANTITY, mine: 7, theirs: 5},
        {...name, mine: "mine", theirs: "theirs"}
    );
    await mountForm();
    saveBehindTheBack({quantity: 5, name: "theirs"});
    await contains(input("quantity")).edit("7");
    await contains(input("name")).edit("mine");
    await saveButton();
    await contains(`${DIALOG} fieldset:eq(0) input[value=mine]`).click();
    await contains(`${DIALOG} fieldset:eq(1) input[value=theirs]`).click();
    await choose("save");
    expect(saves.at(-1).values).toEqual({quantity: 7});
    expect(input("name")).toHaveValue("theirs");
    expect(input("quantity")).toHaveValue("7");
});

test("leaving by the pager stays on the record, and asks", async () => {
    guardQuantity({1: 5});
    await mountForm({resIds: [1, 2]});
    saveBehindTheBack({quantity: 5});
    await contains(input("quantity")).edit("7");
    await contains(".o_pager_next").click();
    expect(DIALOG).toHaveCount(1);
    expect(".o_form_error_dialog, .o_error_dialog").toHaveCount(0);
    expect(input("name")).toHaveValue("first");
    await press("Escape");
    await animationFrame();
    await contains(".o_pager_next").click();
    expect(DIALOG).toHaveCount(1);
    await choose("mine");
    await contains(".o_pager_next").click();
    expect(input("name")).toHaveValue("second");
});

test("leaving by the breadcrumb stays in the form, and asks", async () => {
    guardQuantity({1: 5});
    Sheet._views = {
        list: `<list><field name="name"/><field name="quantity"/></list>`,
        form: FORM,
    };
    defineActions([
        {
            id: 1,
            name: "Sheets",
            res_model: "test.sheet",
            type: "ir.actions.act_window",
            views: [
                [false, "list"],
                [false, "form"],
            ],
        },
    ]);
    await mountWithCleanup(WebClient);
    await getService("action").doAction(1);
    await subscribed();
    await contains(".o_data_row .o_data_cell").click();
    await contains(input("quantity")).edit("7");
    saveBehindTheBack({quantity: 5});
    await contains(".breadcrumb a, .o_back_button").click();
    expect(DIALOG).toHaveCount(1);
    expect(".o_form_view").toHaveCount(1);
    await choose("theirs");
    await contains(".breadcrumb a, .o_back_button").click();
    expect(".o_list_view").toHaveCount(1);
    expect(cell(0, "quantity")).toHaveText("5");
});

for (const key of ["Enter", "Tab"]) {
    test(`list: ${key} in a cell keeps the row in edition, and asks`, async () => {
        guardQuantity({1: 5});
        await mountList();
        saveBehindTheBack({quantity: 5});
        await contains(cell(0, "quantity")).click();
        await contains(`${cell(0, "quantity")} input`).edit("7", {confirm: false});
        await press(key);
        await animationFrame();
        expect(DIALOG).toHaveCount(1);
        await choose("mine");
        expect(saves.at(-1).values).toEqual({quantity: 7});
        expect(MockServer.env["test.sheet"].browse(1)[0].quantity).toBe(7);
    });
}

test("list: a click elsewhere asks", async () => {
    guardQuantity({1: 5});
    await mountList();
    saveBehindTheBack({quantity: 5});
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("7", {confirm: false});
    await contains(".o_list_view .o_control_panel").click();
    await animationFrame();
    expect(DIALOG).toHaveCount(1);
    await choose("theirs");
    expect(saves).toHaveLength(1);
    expect(`${cell(0, "quantity")} input`).toHaveValue("5");
});

test("several records at once: those that were changed are asked about", async () => {
    const stored = {1: 1, 2: 20, 3: 3};
    guardQuantity(stored);
    await mountList();
    saveBehindTheBack({quantity: 20}, 2);
    for (const row of [0, 1, 2]) {
        await contains(`.o_data_row:eq(${row}) .o_list_record_selector input`).click();
    }
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("9");
    await contains(".modal .btn-primary").click();
    await animationFrame();
    expect(DIALOG).toHaveCount(1);
    expect(`${DIALOG} fieldset`).toHaveCount(1);
    expect(`${DIALOG} .o_amanat_theirs dd`).toHaveText("20");
    expect(stored).toEqual({1: 1, 2: 20, 3: 3});
    await choose("theirs");
    expect(stored).toEqual({1: 9, 2: 20, 3: 9});
    expect(cell(0, "quantity")).toHaveText("9");
    expect(cell(1, "quantity")).toHaveText("20");
    expect(cell(2, "quantity")).toHaveText("9");
});

test("a dragged card goes back, and may be moved by the answer", async () => {
    refuseOnce({
        field: "state",
        label: "State",
        type: "selection",
        base: "draft",
        mine: "done",
        theirs: "draft",
    });
    await mountView({
        type: "kanban",
        resModel: "test.sheet",
        groupBy: ["state"],
        arch: `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`,
    });
    await subscribed();
    await contains(".o_kanban_group:eq(0) .o_kanban_record:eq(0)").dragAndDrop(
        ".o_kanban_group:eq(1)"
    );
    await animationFrame();
    expect(DIALOG).toHaveCount(1);
    expect(".o_kanban_group:eq(0) .o_kanban_record").toHaveCount(2);
    expect(".o_kanban_group:eq(1) .o_kanban_record").toHaveCount(1);
    await choose("mine");
    expect(".o_kanban_group:eq(0) .o_kanban_record").toHaveCount(1);
    expect(".o_kanban_group:eq(1) .o_kanban_record").toHaveCount(2);
});

test("an order that somebody changed meanwhile is shown, and said", async () => {
    Sheet._records.forEach((record, i) => (record.rank = i + 1));
    onRpc("web_resequence", () => {
        throw makeConflictError({field: "rank", label: "Rank", base: 1, theirs: 9});
    });
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list default_order="rank"><field name="rank" widget="handle"/><field name="name"/></list>`,
    });
    await subscribed();
    saveBehindTheBack({rank: 9});
    await contains(".o_data_row:eq(2) .o_row_handle", {visible: false}).dragAndDrop(
        ".o_data_row:eq(0)"
    );
    await settle();
    expect(".o_notification").toHaveText(/John changed the order/);
    expect(cell(0, "name")).toHaveText("second");
    expect(cell(2, "name")).toHaveText("first");
    expect(DIALOG).toHaveCount(0);
});

test("other errors of a save go their own way", async () => {
    expect.errors(1);
    onRpc("web_save", () => {
        throw makeServerError({message: "nothing to do with us"});
    });
    await mountForm();
    await contains(input("quantity")).edit("7");
    await saveButton();
    await animationFrame();
    expect(".o_error_dialog").toHaveCount(1);
    expect(DIALOG).toHaveCount(0);
    expect.verifyErrors(["nothing to do with us"]);
});

test("a record that was deleted unheard of says so when it is saved", async () => {
    onRpc("web_save", () => {
        throw makeServerError({type: "MissingError", message: "no such record"});
    });
    await mountForm();
    await contains(input("quantity")).edit("7");
    MockServer.env["test.sheet"].unlink([1]);
    await saveButton();
    await animationFrame();
    expect(".o_amanat_gone_banner").toHaveCount(1);
    expect(input("quantity")).toHaveValue("7");
});

const DELETED_LINE = {
    path: [["line_ids", 1]],
    field: null,
    label: "Lines",
    deleted: true,
    mine: {quantity: 5},
    theirs: null,
};
const REMOVED_LINE = {
    path: [["line_ids", 1]],
    field: "quantity",
    label: "Quantity",
    type: "integer",
    removed: true,
    base: 1,
    mine: null,
    theirs: 8,
};

test("a line that somebody deleted: keep mine creates it again", async () => {
    refuseOnce(DELETED_LINE);
    await mountForm();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("5", {confirm: "tab"});
    MockServer.env["test.line"].unlink([1]);
    await saveButton();
    expect(`${DIALOG} .o_amanat_theirs dd`).toHaveText("Deleted");
    await choose("mine");
    const [command] = saves.at(-1).values.line_ids;
    expect(command[0]).toBe(0);
    expect(command[2]).toInclude(["quantity", 5]);
    expect(command[2]).toInclude(["name", "paper"]);
    expect(".o_data_row").toHaveCount(2);
    await runAllTimers();
});

test("a line that somebody deleted: take theirs lets it go", async () => {
    refuseOnce(DELETED_LINE);
    await mountForm();
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("5", {confirm: "tab"});
    await contains(input("name")).edit("renamed");
    MockServer.env["test.line"].unlink([1]);
    await saveButton();
    await choose("theirs");
    expect(saves.at(-1).values).toEqual({name: "renamed"});
    expect(".o_data_row").toHaveCount(1);
    expect(cell(0, "name")).toHaveText("toner");
});

test("a line that I delete and they changed: take theirs brings it back", async () => {
    refuseOnce(REMOVED_LINE);
    await mountForm();
    await contains(".o_data_row:eq(0) .o_list_record_remove").click();
    expect(".o_data_row").toHaveCount(1);
    MockServer.env["test.line"].write([1], {quantity: 8});
    await saveButton();
    await choose("theirs");
    await settle();
    expect(".o_data_row").toHaveCount(2);
    expect(cell(0, "quantity")).toHaveText("8");
    expect(saves).toHaveLength(1);
});

test("a line that I delete and they changed: keep mine deletes it knowingly", async () => {
    refuseOnce(REMOVED_LINE);
    await mountForm();
    await contains(".o_data_row:eq(0) .o_list_record_remove").click();
    await saveButton();
    await choose("mine");
    expect(saves.at(-1).values).toEqual({line_ids: [[2, 1]]});
    expect(saves.at(-1).base[1].line_ids[1].quantity).toBe(8);
    expect(".o_data_row").toHaveCount(1);
});

test("a line that is created again has all that it had", async () => {
    refuseOnce({...DELETED_LINE, base: {quantity: 1}});
    Line._records[0].partner_ids = [1, 3];
    await mountForm({
        arch: `
            <form>
                <field name="name"/>
                <field name="line_ids">
                    <list editable="bottom">
                        <field name="name"/><field name="quantity"/>
                        <field name="partner_ids" widget="many2many_tags"/>
                    </list>
                </field>
            </form>`,
    });
    await contains(cell(0, "quantity")).click();
    await contains(`${cell(0, "quantity")} input`).edit("5", {confirm: "tab"});
    await saveButton();
    expect(`${DIALOG} .o_amanat_mine dd`).toHaveText(/paper\s+Quantity: 5/);
    await choose("mine");
    const [[code, , values]] = saves.at(-1).values.line_ids;
    expect(code).toBe(0);
    expect(values.partner_ids).toEqual([[6, false, [1, 3]]]);
});

test("an onchange of a line that nobody knows to be gone does not undo the typing", async () => {
    Sheet._onChanges.line_ids = () => {
        throw new Error("the server's answer is the one below");
    };
    await mountForm();
    onRpc("test.sheet", "onchange", () => {
        throw makeServerError({type: "MissingError", message: "no such line"});
    });
    await contains(cell(0, "quantity")).click();
    MockServer.env["test.line"].unlink([1]);
    await contains(`${cell(0, "quantity")} input`).edit("5", {confirm: "tab"});
    await settle();
    expect(".o_error_dialog").toHaveCount(0);
    expect(".o_data_row:eq(0)").toHaveClass("o_amanat_gone");
    expect(".o_data_row:eq(0) td[name=quantity]").toHaveText("5");
});
