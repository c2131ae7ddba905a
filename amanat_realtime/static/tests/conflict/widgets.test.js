// Promise: whatever widget a field has, what the person does in it keeps its base, is
// marked when somebody else changes it, and is saved on top of theirs only knowingly.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryFirst, waitForNone} from "@odoo/hoot-dom";
import {animationFrame, runAllTimers} from "@odoo/hoot-mock";
import {contains, MockServer, mountView, onRpc} from "@web/../tests/web_test_helpers";
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

/** @type {{values: object, base: object}[]} */
let saves = [];

beforeEach(() => {
    makeLive(["test.sheet", "test.line"]);
    saves = [];
    onRpc("test.sheet", "web_save", ({args, kwargs}) => {
        saves.push({values: args[1], base: kwargs.context.amanat_realtime_base[1]});
    });
});

async function mountForm(field, node = `<field name="${field}"/>`, extra = "") {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form><field name="name"/>${extra}${node}</form>`,
    });
    await subscribed();
    if (document.querySelector(".o_field_x2many")) {
        await subscribed("amanat_realtime:test.line");
    }
}

const widget = (name) => `.o_field_widget[name=${name}]`;
const mark = (name) => `${widget(name)} > .o_amanat_conflict`;
const save = () => contains(".o_form_button_save").click();
const settled = async () => {
    await runAllTimers();
    await settle();
};

/**
 * @typedef {{
 *  field: string,
 *  node?: string,
 *  extra?: string,
 *  start: any,
 *  remote: [any, any],
 *  edit: () => Promise<void>,
 *  shows: (text: "mine" | "theirs") => void,
 *  sent: {mine: any, base: any, theirs: any},
 * }} Case
 */

const shownInput = (name, texts) => (side) =>
    expect(`${widget(name)} input`).toHaveValue(texts[side]);

/** @type {Record<string, Case>} */
const CASES = {
    "a text": {
        field: "name",
        node: "",
        start: "first",
        remote: ["first", "theirs"],
        edit: () => contains(`${widget("name")} input`).edit("mine"),
        shows: shownInput("name", {mine: "mine", theirs: "theirs"}),
        sent: {base: "first", mine: "mine", theirs: "theirs"},
    },
    "a number": {
        field: "quantity",
        start: 1,
        remote: [1, 5],
        edit: () => contains(`${widget("quantity")} input`).edit("7"),
        shows: shownInput("quantity", {mine: "7", theirs: "5"}),
        sent: {base: 1, mine: 7, theirs: 5},
    },
    "an amount of money": {
        field: "price",
        extra: `<field name="currency_id" invisible="1"/>`,
        start: 10.5,
        remote: [10.5, 20.25],
        edit: () => contains(`${widget("price")} input`).edit("30.75"),
        shows: shownInput("price", {mine: "30.75", theirs: "20.25"}),
        sent: {base: 10.5, mine: 30.75, theirs: 20.25},
    },
    "a selection": {
        field: "state",
        node: `<field name="state" widget="radio"/>`,
        start: "draft",
        remote: ["draft", "blocked"],
        edit: () => contains(`${widget("state")} input[data-value=done]`).click(),
        shows: (side) =>
            expect(
                `${widget("state")} input[data-value=${side === "mine" ? "done" : "blocked"}]`
            ).toBeChecked(),
        sent: {base: "draft", mine: "done", theirs: "blocked"},
    },
    "a moment": {
        field: "start",
        start: "2026-01-02 10:00:00",
        remote: ["2026-01-02 10:00:00", "2026-05-06 10:00:00"],
        edit: async () => {
            await contains(
                `${widget("start")} input, ${widget("start")} button`
            ).click();
            await contains(`${widget("start")} input`).edit("03/04/2026 11:00:00");
        },
        shows: (side) =>
            expect(
                queryFirst(`${widget("start")} input, ${widget("start")} button`)
            ).toHaveProperty(
                queryFirst(`${widget("start")} input`) ? "value" : "innerText",
                side === "mine" ? /03\/04\/2026|Mar 4/ : /05\/06\/2026|May 6/
            ),
        sent: {
            base: "2026-01-02 10:00:00",
            mine: "2026-03-04 10:00:00",
            theirs: "2026-05-06 10:00:00",
        },
    },
    "a formatted text": {
        field: "body",
        start: "<p>start</p>",
        remote: ["<p>start</p>", "<p>theirs</p>"],
        // without the editor, which is another addon's: e2e has it
        edit: () => contains(`${widget("body")} textarea`).edit("<p>mine</p>"),
        shows: (side) =>
            expect(`${widget("body")} textarea`).toHaveValue(`<p>${side}</p>`),
        sent: {base: "<p>start</p>", mine: "<p>mine</p>", theirs: "<p>theirs</p>"},
    },
};

for (const [
    title,
    {field, node, extra, start, remote, edit, shows, sent},
] of Object.entries(CASES)) {
    test(title, async () => {
        Object.assign(Sheet._records[0], {[field]: start, currency_id: 1});
        await mountForm(field, node, extra);
        await edit();
        await tellChange(1, field, ...remote);
        await settled();
        expect(mark(field)).toHaveCount(1);
        shows("mine");
        await contains(`${mark(field)} .o_amanat_take_theirs`).click();
        await settled();
        shows("theirs");
        expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
        await contains(`${mark(field)} .o_amanat_undo_take`).click();
        await settled();
        shows("mine");
        await save();
        expect(saves).toEqual([
            {values: {[field]: sent.mine}, base: {[field]: sent.theirs}},
        ]);
    });

    test(`${title}: a save without a choice tells the base`, async () => {
        Object.assign(Sheet._records[0], {[field]: start, currency_id: 1});
        await mountForm(field, node, extra);
        await edit();
        await tellChange(1, field, ...remote);
        await settled();
        await save();
        expect(saves).toEqual([
            {values: {[field]: sent.mine}, base: {[field]: sent.base}},
        ]);
    });
}

test("a checkbox has two values: who changes it agrees with who changed it", async () => {
    await mountForm("checked");
    await contains(`${widget("checked")} input`).click();
    await tellChange(1, "checked", false, true);
    expect(".o_amanat_conflict").toHaveCount(0);
    await save();
    expect(saves).toEqual([{values: {checked: true}, base: {checked: false}}]);
});

const DIALOG_LINES = `
    <field name="line_ids">
        <list><field name="name"/><field name="quantity"/></list>
        <form><field name="name"/><field name="quantity"/></form>
    </field>`;

test("a line in a dialog: typed, marked there, and sent with its base", async () => {
    await mountForm("line_ids", DIALOG_LINES);
    await contains(cell(0, "name")).click();
    await contains(".modal [name=quantity] input").edit("7", {confirm: false});
    MockServer.env["test.line"].write([1], {quantity: 5});
    await tell({model: "test.line", update: [{ids: [1], diff: {quantity: [1, 5]}}]});
    expect(".modal .o_amanat_conflict").toHaveCount(1);
    expect(".modal [name=quantity] input").toHaveValue("7");
    await contains(".modal .o_form_button_save").click();
    await settled();
    await save();
    expect(saves).toEqual([
        {
            values: {line_ids: [[1, 1, {quantity: 7}]]},
            base: {line_ids: {1: {quantity: 1}}},
        },
    ]);
});

test("a line in a dialog that is closed again shows theirs, and sends nothing", async () => {
    await mountForm("line_ids", DIALOG_LINES);
    await contains(cell(0, "name")).click();
    await contains(".modal [name=quantity] input").edit("7");
    MockServer.env["test.line"].write([1], {quantity: 5});
    await tell({model: "test.line", update: [{ids: [1], diff: {quantity: [1, 5]}}]});
    await contains(".modal .o_form_button_cancel").click();
    await waitForNone(".modal");
    await settled();
    expect(cell(0, "quantity")).toHaveText("5");
    expect(".o_amanat_conflict").toHaveCount(0);
    await animationFrame();
    await contains(`${widget("name")} input`).edit("renamed");
    await save();
    expect(saves).toEqual([{values: {name: "renamed"}, base: {name: "first"}}]);
});

test("a line changed in a dialog after somebody else: the base is what was shown", async () => {
    await mountForm("line_ids", DIALOG_LINES);
    MockServer.env["test.line"].write([1], {quantity: 5});
    await contains(cell(0, "name")).click();
    expect(".modal [name=quantity] input").toHaveValue("5");
    await contains(".modal [name=quantity] input").edit("7");
    await contains(".modal .o_form_button_save").click();
    await save();
    expect(saves[0].base).toEqual({line_ids: {1: {quantity: 5}}});
});
