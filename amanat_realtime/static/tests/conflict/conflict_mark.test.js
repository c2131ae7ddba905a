// Promise: at a field that somebody else changed too it is said at once by whom, what
// and when, not by colour alone; the person chooses in place, by mouse or keyboard, is
// not disturbed in what they type, and can take back what they took.
import {after, beforeEach, describe, expect, test} from "@odoo/hoot";
import {keyDown, press, queryOne, queryText} from "@odoo/hoot-dom";
import {animationFrame, mockDate} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    mountView,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {registry} from "@web/core/registry";
import {authorHue} from "@amanat_realtime/core/author_color";
import {forgetReports} from "@amanat_realtime/core/log";
import {conflictOf, markConflict} from "@amanat_realtime/conflict/field_conflict";
import {diffLibrary} from "@amanat_realtime/conflict/text_diff";
import {defineLiveModels, JOHN, makeLive, subscribed} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => {
    mockDate("2019-03-11 12:00:00");
    makeLive();
});

// Hoot formats the failures of other tests with the library, wrongly if it is there
// without the user interface of Hoot.
beforeEach(() => {
    const wasThere = "DiffMatchPatch" in window.top;
    after(() => wasThere || delete window.top.DiffMatchPatch);
});

const NOW = () => luxon.DateTime.local().toMillis();
const MARK = ".o_amanat_conflict";
const markOf = (name) => `.o_field_widget[name=${name}] > ${MARK}`;
const mine = (name) => `${markOf(name)} .o_amanat_keep_mine`;
const theirs = (name) => `${markOf(name)} .o_amanat_take_theirs`;
const input = (name) => `.o_field_widget[name=${name}] input`;
const cellInput = (name) => `.o_selected_row [name=${name}] input`;

const root = () =>
    [...getService("amanat_realtime").patchers.values()].at(-1).model.root;

async function mark(record, fieldName, value, params = {}) {
    markConflict(record, fieldName, {
        theirs: value,
        mine: record.data[fieldName],
        by: JOHN,
        at: NOW(),
        ...params,
    });
    await animationFrame();
    await animationFrame();
}

async function mountForm(arch) {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch:
            arch ||
            `<form><field name="name"/><field name="quantity"/><field name="note"/></form>`,
    });
    await subscribed();
}

async function mountList() {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list editable="bottom">
            <field name="name"/><field name="quantity"/><field name="amount"/>
        </list>`,
    });
    await subscribed();
}

/** The first row is in edition, with text in `quantity` that is not committed. */
async function typeInList() {
    await mountList();
    await contains(".o_data_row:eq(0) [name=quantity]").click();
    await contains(cellInput("quantity")).edit("77", {confirm: false});
}

test("who, what and when, tied to the input, with an icon and a dashed border", async () => {
    await mountForm();
    await contains(input("quantity")).edit("11");
    expect(MARK).toHaveCount(0);
    await mark(root(), "quantity", 22);
    expect(MARK).toHaveCount(1);
    const text = `${markOf("quantity")} [role=alert]`;
    const spoken = queryText(text).replace(/\s/g, " ");
    expect(spoken).toBe("John changed this to “22” at 1:00 PM");
    expect(text).toHaveAttribute("aria-live", "polite");
    expect(`${markOf("quantity")} .fa-exclamation-triangle`).toHaveCount(1);
    const {id} = queryOne(text);
    expect(input("quantity")).toHaveAttribute("aria-describedby", id);
    expect(input("name")).not.toHaveAttribute("aria-describedby");
    const field = queryOne(".o_field_widget[name=quantity]");
    expect(getComputedStyle(field.firstElementChild).outlineStyle).toBe("dashed");
    expect(field.style.getPropertyValue("--amanat-conflict-hue")).toBe(
        String(authorHue(JOHN.id))
    );
    expect(queryOne(mine("quantity")).title).toMatch(/^Keep my value: 11 \(/);
    expect(queryOne(theirs("quantity"))).toHaveAttribute(
        "aria-label",
        /^Take the value of John: 22 \(/
    );
});

test("what is older than today is told by its day; an emptied field as such", async () => {
    await mountForm();
    await contains(input("name")).edit("mine");
    await mark(root(), "name", "remote", {at: NOW() - 24 * 3600 * 1000});
    const text = `${markOf("name")} [role=alert]`;
    expect(text).toHaveText("John changed this to “remote” yesterday");
    await mark(root(), "name", false, {at: null, by: undefined});
    expect(text).toHaveText("somebody else emptied this");
});

test("in a form both choices come right after the field; the focus comes back", async () => {
    await mountForm();
    await contains(input("quantity")).edit("11", {confirm: false});
    await mark(root(), "quantity", 22);
    await press("Tab");
    expect(mine("quantity")).toBeFocused();
    await press("Tab");
    expect(theirs("quantity")).toBeFocused();
    await press(["shift", "Tab"]);
    await press("Enter");
    await animationFrame();
    expect(MARK).toHaveCount(0);
    expect(input("quantity")).toHaveValue("11");
    expect(input("quantity")).toBeFocused();
    expect(input("quantity")).not.toHaveAttribute("aria-describedby");
    expect(".o_amanat_conflicted").toHaveCount(0);
});

test("theirs is taken, and taken back", async () => {
    await mountForm();
    await contains(input("quantity")).edit("11");
    await mark(root(), "quantity", 22);
    await contains(theirs("quantity")).click();
    await animationFrame();
    expect(conflictOf(root(), "quantity").state).toBe("taken");
    expect(`${markOf("quantity")} [role=alert]`).toHaveText("You took John’s value");
    expect(theirs("quantity")).toHaveCount(0);
    expect(".o_amanat_conflicted").toHaveCount(0);
    await contains(`${markOf("quantity")} .o_amanat_undo_take`).click();
    await animationFrame();
    expect(input("quantity")).toHaveValue("11");
    // It may be in conflict again, but nothing is taken any more.
    expect(`${MARK} .o_amanat_undo_take`).toHaveCount(0);
});

test("the line about a value that was taken can be dismissed, for good", async () => {
    await mountForm();
    await contains(input("quantity")).edit("11");
    await mark(root(), "quantity", 22);
    await contains(theirs("quantity")).click();
    await contains(`${markOf("quantity")} .o_amanat_dismiss`).click();
    expect(`${markOf("quantity")} [role=alert]`).toHaveCount(0);
    await contains(input("name")).edit("other");
    expect(`${markOf("quantity")} [role=alert]`).toHaveCount(0);
    await mark(root(), "quantity", 33);
    expect(`${markOf("quantity")} [role=alert]`).toHaveCount(1);
});

test("in a cell nothing moves, and the typed text and its focus stay", async () => {
    await typeInList();
    const row = queryOne(".o_selected_row");
    const height = row.offsetHeight;
    await mark(root().records[0], "quantity", 22);
    expect(markOf("quantity")).toHaveCount(1);
    expect(row.offsetHeight).toBe(height);
    expect(cellInput("quantity")).toBeFocused();
    expect(cellInput("quantity")).toHaveValue("77");
    const bubble = queryOne(`${markOf("quantity")} .o_amanat_conflict_bubble`);
    expect(getComputedStyle(bubble).position).toBe("fixed");
    expect(getComputedStyle(bubble).opacity).toBe("1");
    const cell = queryOne(".o_selected_row td[name=quantity]").getBoundingClientRect();
    expect(bubble.getBoundingClientRect().top).toBeGreaterThan(cell.bottom - 1);
});

test("a choice in a cell leaves the row in edition, and its text as it is", async () => {
    await typeInList();
    await mark(root().records[0], "quantity", 22);
    await contains(mine("quantity")).click();
    await animationFrame();
    expect(MARK).toHaveCount(0);
    expect(".o_selected_row").toHaveCount(1);
    expect(cellInput("quantity")).toBeFocused();
    expect(cellInput("quantity")).toHaveValue("77");
});

test("Tab in a cell goes to the next one as ever", async () => {
    await typeInList();
    await mark(root().records[0], "quantity", 22);
    await press("Tab");
    await animationFrame();
    expect(cellInput("amount")).toBeFocused();
});

test("of several marks in a row, that of the focused cell is in the open", async () => {
    await typeInList();
    const [record] = root().records;
    await mark(record, "quantity", 22);
    await mark(record, "amount", 9);
    const opacity = (name) =>
        getComputedStyle(queryOne(`${markOf(name)} .o_amanat_conflict_bubble`)).opacity;
    expect(opacity("quantity")).toBe("1");
    expect(opacity("amount")).toBe("0");
    expect(`${markOf("amount")} .o_amanat_conflict_badge`).toHaveCount(1);
});

test("keys choose for the field with the focus alone", async () => {
    await typeInList();
    const [record] = root().records;
    await mark(record, "name", "remote");
    await mark(record, "quantity", 22);
    await keyDown("alt");
    const overlays = ".o_web_hotkey_overlay";
    expect(`${markOf("quantity")} ${overlays}`).toHaveCount(2);
    expect(`${markOf("name")} ${overlays}`).toHaveCount(0);
    await press(["alt", "shift", "m"]);
    await animationFrame();
    expect(markOf("quantity")).toHaveCount(0);
    expect(cellInput("quantity")).toHaveValue("77");
    expect(markOf("name")).toHaveCount(1);
    await contains(cellInput("name")).click();
    await press(["alt", "shift", "t"]);
    await animationFrame();
    expect(conflictOf(record, "name").state).toBe("taken");
});

test("a line that was left shows its mark too", async () => {
    await mountForm(`<form><field name="line_ids">
        <list editable="bottom"><field name="name"/><field name="quantity"/></list>
    </field></form>`);
    await contains(".o_data_row:eq(0) [name=quantity]").click();
    await contains(cellInput("quantity")).edit("5", {confirm: false});
    await contains(".o_form_view").click();
    expect(".o_selected_row").toHaveCount(0);
    await mark(root().data.line_ids.records[0], "quantity", 9);
    expect(`.o_data_row:eq(0) ${MARK}`).toHaveCount(1);
    // In the open while the pointer is over the cell, which only the browser knows.
    queryOne(".o_data_row:eq(0) .o_amanat_keep_mine").click();
    await animationFrame();
    expect(MARK).toHaveCount(0);
    expect(".o_selected_row").toHaveCount(0);
    expect(".o_data_row:eq(0) [name=quantity]").toHaveText("5");
});

test("on a card a choice does not open the record", async () => {
    await mountView({
        type: "kanban",
        resModel: "test.sheet",
        arch: `<kanban><templates><t t-name="card">
            <field name="state" widget="state_selection"/><field name="name" widget="char"/>
        </t></templates></kanban>`,
        selectRecord: () => expect.step("opened"),
    });
    await subscribed();
    const [record] = root().records;
    const card = queryOne(".o_kanban_record:eq(0)");
    const height = card.offsetHeight;
    await mark(record, "name", "remote");
    expect(card.offsetHeight).toBe(height);
    await contains(mine("name")).click();
    expect(MARK).toHaveCount(0);
    expect.verifySteps([]);
});

test("long texts can be compared, with what is still being typed", async () => {
    await diffLibrary.load();
    await mountForm();
    const typed = "my text ".repeat(15).trim();
    await contains(".o_field_widget[name=note] textarea").edit(typed, {confirm: false});
    await mark(root(), "note", "their text", {mine: "my"});
    expect(`${markOf("note")} .o_amanat_compare`).toHaveCount(0);
    await mark(root(), "note", "their text ".repeat(15), {mine: "my"});
    await contains(`${markOf("note")} .o_amanat_compare`).click();
    await animationFrame();
    const dialog = ".o_amanat_conflict_dialog";
    expect(`${dialog} legend`).toHaveText("Note");
    await contains(`${dialog} summary`).click();
    expect(`${dialog} .o_amanat_mine dd`).toHaveText(typed);
    await press("escape");
    await animationFrame();
    await animationFrame();
    expect(".o_field_widget[name=note] textarea").toBeFocused();
    expect(conflictOf(root(), "note").state).toBe("open");
    await contains(`${markOf("note")} .o_amanat_compare`).click();
    await contains(`${dialog} button[name=theirs]`).click();
    await animationFrame();
    expect(conflictOf(root(), "note").state).toBe("taken");
});

test("a choice that fails is told, and can be made again", async () => {
    forgetReports();
    patchWithCleanup(console, {error: (message) => expect.step(message)});
    await mountForm();
    await contains(input("quantity")).edit("11");
    const record = root();
    await mark(record, "quantity", 22);
    patchWithCleanup(record.model, {
        _askChanges: () => Promise.reject(new Error("no")),
    });
    await contains(theirs("quantity")).click();
    expect(".o_notification").toHaveText(/Your choice could not be applied/);
    expect(theirs("quantity")).toBeEnabled();
    expect.verifySteps(["[amanat_realtime] could not apply a choice"]);
    forgetReports();
});

test("a value that cannot be told does not break the view", async () => {
    forgetReports();
    patchWithCleanup(console, {error: () => expect.step("reported")});
    await mountForm();
    await contains(input("quantity")).edit("11");
    const fail = () => {
        throw new Error("no");
    };
    registry.category("formatters").add("integer", fail, {force: true});
    await mark(root(), "quantity", 22);
    expect(`${markOf("quantity")} [role=alert]`).toHaveText("John changed this too");
    expect(mine("quantity")).toBeEnabled();
    expect.verifySteps(["reported", "reported", "reported"]);
    forgetReports();
});
