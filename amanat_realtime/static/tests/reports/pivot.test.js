// Promise: an open pivot table shows what others save, with its expanded rows, columns,
// sorted column and measures as the person left them, and marks the numbers that changed.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame, Deferred, mockMatchMedia} from "@odoo/hoot-mock";
import {contains, onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {PivotModel} from "@web/views/pivot/pivot_model";
import {authorHue} from "@amanat_realtime/core/author_color";
import {
    defineLiveModels,
    JOHN,
    makeLive,
    stepCalls,
    stopClock,
    tell,
} from "../realtime_test_helpers";
import {db, mountReport, save, settleReport} from "./reports_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

const ARCH = `
    <pivot>
        <field name="partner_id" type="row"/>
        <field name="quantity" type="measure"/>
    </pivot>`;

const mountPivot = (arch = ARCH, params = {}) => mountReport("pivot", arch, params);

/** @returns {string[]} rows as "Azure 4" */
const rows = () =>
    queryAll(".o_pivot tbody tr").map((row) =>
        queryAllTexts("th, td", {root: row}).join(" ").trim()
    );
const headerOf = (title) => `.o_pivot tbody th:contains(${title})`;

async function groupBy(title, fieldLabel) {
    await contains(headerOf(title)).click();
    await contains(`.o-dropdown--menu .dropdown-item:contains(${fieldLabel})`).click();
}

test("numbers, totals and new rows, with one silent read each", async () => {
    await mountPivot();
    stepCalls();
    expect(rows()).toEqual(["Total 6", "Azure 4", "Gemini 2"]);
    await save(1, {quantity: 11});
    await settleReport();
    expect(rows()).toEqual(["Total 16", "Azure 14", "Gemini 2"]);
    const [id] = db().create([{quantity: 5, partner_id: 3}]);
    await tell({create: [id]});
    await settleReport();
    expect(rows()).toEqual(["Total 21", "Azure 14", "Gemini 2", "Lumber 5"]);
    expect.verifySteps([
        "formatted_read_grouping_sets",
        "formatted_read_grouping_sets",
    ]);
});

test("expanded rows stay expanded, folded ones folded", async () => {
    await mountPivot();
    await groupBy("Azure", "State");
    expect(rows()).toEqual(["Total 6", "Azure 4", "Draft 1", "Done 3", "Gemini 2"]);
    await save(1, {state: "done"});
    await settleReport();
    expect(rows()).toEqual(["Total 6", "Azure 4", "Done 4", "Gemini 2"]);
    await save(2, {quantity: 20});
    await settleReport();
    expect(rows()).toEqual(["Total 24", "Azure 4", "Done 4", "Gemini 20"]);
});

test("the sorted column, added measures and swapped axes stay", async () => {
    await mountPivot();
    await contains("th.o_pivot_measure_row").click();
    expect(rows()).toEqual(["Total 6", "Gemini 2", "Azure 4"]);
    await save(2, {quantity: 20});
    await settleReport();
    expect(rows()).toEqual(["Total 24", "Azure 4", "Gemini 20"]);
    await contains(".o_pivot_buttons .dropdown-toggle").click();
    await contains(".o-dropdown--menu .dropdown-item:contains(Amount)").click();
    await contains(".o_pivot_flip_button").click();
    await save(2, {amount: 22.5});
    await settleReport();
    expect(rows()).toEqual(["Total 4 5.00 20 22.50 24 27.50"]);
});

test("a row whose group menu is open is not moved away from under it", async () => {
    stopClock();
    await mountPivot();
    stepCalls();
    await contains(headerOf("Gemini")).click();
    expect(".o-dropdown--menu").toHaveCount(1);
    db().write([1, 3], {partner_id: 3});
    await tell({update: [{ids: [1, 3], diff: {partner_id: [null, null]}}]});
    await settleReport();
    expect(rows()).toEqual(["Total 6", "Azure 4", "Gemini 2"]);
    expect.verifySteps([]);
    await contains(`.o-dropdown--menu .dropdown-item:contains(State)`).click();
    expect.verifySteps(["formatted_read_grouping_sets"]);
    await settleReport();
    await settleReport();
    expect(rows()).toEqual(["Total 6", "Gemini 2", "Draft 2", "Lumber 4"]);
    expect.verifySteps(["formatted_read_grouping_sets"]);
});

test("a row expanded during a live read stays expanded", async () => {
    await mountPivot();
    await groupBy("Azure", "State");
    await contains(headerOf("Azure")).click();
    expect(rows()).toEqual(["Total 6", "Azure 4", "Gemini 2"]);
    const answer = new Deferred();
    let isFirst = true;
    onRpc("test.sheet", "formatted_read_grouping_sets", async ({parent}) => {
        if (isFirst) {
            isFirst = false;
            const result = parent();
            await answer;
            return result;
        }
    });
    await save(2, {quantity: 20});
    await settleReport();
    await groupBy("Azure", "State");
    answer.resolve();
    await settleReport();
    await settleReport();
    expect(rows()).toEqual(["Total 24", "Azure 4", "Draft 1", "Done 3", "Gemini 20"]);
});

test("what the table is not made of costs no read", async () => {
    await mountPivot();
    stepCalls();
    await save(1, {note: "remote", amount: 7});
    await settleReport();
    expect.verifySteps([]);
});

test("a table that looks the same is not drawn", async () => {
    let draws = 0;
    patchWithCleanup(PivotModel.prototype, {
        notify() {
            draws++;
            return super.notify();
        },
    });
    await mountPivot();
    const drawn = draws;
    stepCalls();
    await tell({update: [{ids: [1], diff: {quantity: [0, 1]}}]});
    await settleReport();
    expect.verifySteps(["formatted_read_grouping_sets"]);
    expect(draws).toBe(drawn);
});

test("numbers that changed are marked in the author's colour, others are not", async () => {
    mockMatchMedia({"prefers-reduced-motion": "no-preference"});
    await mountPivot();
    await save(1, {quantity: 11});
    await settleReport();
    await animationFrame();
    expect(queryAllTexts('[data-amanat-flash="cell"]')).toEqual(["16", "14"]);
    const cell = queryOne(".o_pivot tbody tr:eq(1) td");
    expect(cell).toHaveStyle({"--amanat-author-hue": String(authorHue(JOHN.id))});
});

test("nothing moves for those who want no motion", async () => {
    mockMatchMedia({"prefers-reduced-motion": "reduce"});
    await mountPivot();
    await save(1, {quantity: 11});
    await settleReport();
    await animationFrame();
    expect(rows()[0]).toBe("Total 16");
    expect('[data-amanat-flash="cell"]').toHaveCount(0);
});

test("sample data make room for real data, with all rows as after a load", async () => {
    await mountPivot(
        `<pivot sample="1">
            <field name="partner_id" type="row"/><field name="state" type="row"/>
            <field name="quantity" type="measure"/>
        </pivot>`,
        {domain: [["name", "=", "wanted"]], noContentHelp: "Nothing yet"}
    );
    expect(".o_view_sample_data").toHaveCount(1);
    const [id] = db().create([
        {name: "wanted", quantity: 5, partner_id: 3, state: "done"},
    ]);
    await tell({create: [id]});
    await settleReport();
    expect(".o_view_sample_data").toHaveCount(0);
    expect(rows()).toEqual(["Total 5", "Lumber 5", "Done 5"]);
});
