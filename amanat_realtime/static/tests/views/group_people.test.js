// Promise: while groups change, nobody loses what is folded or scrolled to, a selection,
// a filter of the progress bar, an empty column just made, or a row in edition.
import {describe, expect, test, beforeEach} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {
    contains,
    editKanbanColumnName,
    getService,
    makeMockServer,
    patchWithCleanup,
    quickCreateKanbanColumn,
    toggleKanbanColumnActions,
    validateKanbanColumn,
} from "@web/../tests/web_test_helpers";
import {AnimatedNumber} from "@web/views/view_components/animated_number";
import {cell, settle} from "../realtime_test_helpers";
import {
    colleague,
    defineTaskModels,
    mountTasks,
    namesIn,
    rowNames,
    tellTasks,
} from "./task_test_helpers";

const {write, create, unlink} = colleague;

const task = (id, values) => ({
    id,
    name: `task ${id}`,
    sequence: 10 * id,
    rank: id,
    state: "draft",
    project_id: 1,
    project_ids: [],
    ...values,
});

defineTaskModels([
    task(1, {project_ids: [1, 2]}),
    task(2, {project_ids: [1]}),
    task(3, {state: "done", project_id: 2, project_ids: [2]}),
    task(4, {state: "done"}),
]);
describe.current.tags("desktop");
beforeEach(() => patchWithCleanup(AnimatedNumber, {enableAnimations: false}));

const LIST = `
    <list editable="bottom" expand="1">
        <field name="name"/><field name="rank" sum="Total"/>
    </list>`;
const KANBAN = `
    <kanban>
        <progressbar field="state" colors='{"draft": "info", "done": "success"}'/>
        <templates><t t-name="card">
            <div name="name"><field name="name"/></div><field name="state"/>
        </t></templates>
    </kanban>`;
const INPUT = ".o_selected_row [name=name] input";

const headers = () =>
    queryAllTexts(".o_group_header").map((t) => t.replace(/\s+/g, " "));
const column = (index) =>
    namesIn(`.o_kanban_group:eq(${index}) .o_kanban_record:not(.o_kanban_ghost)`);

async function happens(...parts) {
    await tellTasks(...parts);
    await settle();
    await settle();
}

async function type(row, text) {
    await contains(cell(row, "name")).click();
    await contains(INPUT).edit(text, {confirm: false});
    return queryOne(INPUT);
}

/** The row is left without being saved. */
async function letGo() {
    await contains(".o_list_button_discard").click();
    await settle();
    await settle();
}

test("a row in edition keeps the inner group that is gone for others", async () => {
    await mountTasks("list", LIST, {groupBy: ["state", "project_id"]});
    await contains(".o_group_header:eq(4)").click();
    const input = await type(0, "mine");
    await happens(write([3], {project_id: 1}));
    expect(headers().slice(2)).toEqual(["Done (2) 7", "Azure (2) 7", "Gemini (0) 0"]);
    expect(input).toBeFocused();
    expect(input).toHaveValue("mine");
    await letGo();
    expect(rowNames()).toEqual([]);
    expect.verifySteps(["web_search_read", "web_read_group", "web_read_group"]);
});

test("a row in edition in one of its groups, which it loses", async () => {
    await mountTasks("list", LIST, {groupBy: ["project_ids"]});
    expect(rowNames()).toEqual(["task 1", "task 2", "task 1", "task 3"]);
    const input = await type(2, "mine");
    await happens(write([1], {project_ids: [1]}));
    expect(input).toBeFocused();
    expect(input).toHaveValue("mine");
    expect(".o_data_row").toHaveCount(4);
    expect(".o_data_row.o_amanat_gone").toHaveCount(1);
    await letGo();
    expect(rowNames()).toEqual(["task 1", "task 2", "task 3"]);
    expect.verifySteps(["web_read_group", "web_read_group"]);
});

test("a row in edition gets into one more group", async () => {
    await mountTasks("list", LIST, {groupBy: ["project_ids"]});
    const input = await type(1, "mine");
    await happens(write([2], {project_ids: [1, 2]}));
    expect(input).toBeFocused();
    expect(input).toHaveValue("mine");
    expect(".o_data_row").toHaveCount(5);
    expect(headers().slice(0, 2)).toEqual(["Azure (2) 3", "Gemini (3) 6"]);
    expect.verifySteps(["web_read_group"]);
});

test("a row in edition keeps a group that has no room on the page any more", async () => {
    const arch = LIST.replace("<list", `<list groups_limit="2"`);
    await mountTasks("list", arch, {groupBy: ["state"]});
    expect(headers()).toEqual(["Draft (2) 3", "Done (2) 7"]);
    const input = await type(2, "mine");
    await happens(create({name: "new", rank: 5, state: "blocked"}));
    expect(headers()).toEqual(["Draft (2) 3", "Done (2) 7", "Blocked (1) 5"]);
    expect(input).toBeFocused();
    expect(input).toHaveValue("mine");
    await letGo();
    expect(headers()).toEqual(["Draft (2) 3", "Blocked (1) 5"]);
    expect.verifySteps(["web_read_group", "web_read_group"]);
});

test("groups that change order leave the row in edition where it is", async () => {
    await mountTasks("list", LIST, {
        groupBy: ["project_id"],
        orderBy: [{name: "rank", asc: true}],
    });
    expect(headers()).toEqual(["Gemini (1) 3", "Azure (3) 7"]);
    const input = await type(0, "mine");
    await happens(write([4], {rank: -10}));
    expect(input).toBeFocused();
    expect(input).toHaveValue("mine");
    expect(headers()).toEqual(["Gemini (1) 3", "Azure (3) -7"]);
    await letGo();
    expect(headers()).toEqual(["Azure (3) -7", "Gemini (1) 3"]);
    expect.verifySteps(["web_read_group", "web_read_group"]);
});

test("a selected row goes into a new group, selected", async () => {
    const arch = LIST.replace(`expand="1"`, "");
    await mountTasks("list", arch, {groupBy: ["project_id"]});
    for (const index of [0, 1]) {
        await contains(`.o_group_header:eq(${index})`).click();
        expect.verifySteps(["web_search_read"]);
    }
    await contains(".o_data_row:eq(0) .o_list_record_selector input").click();
    document.activeElement.blur();
    await happens(write([2], {project_id: 3}), write([1], {project_id: 2}));
    expect(headers()).toEqual(["Azure (1) 4", "Gemini (2) 4", "Lumber (1) 2"]);
    expect(".o_data_row_selected [name=name]").toHaveText("task 1");
    expect(".o_amanat_gone").toHaveCount(0);
    expect.verifySteps(["web_read_group"]);
});

test("a kept row is forgotten with the group that is folded over it", async () => {
    await mountTasks("list", LIST, {groupBy: ["project_id"]});
    await contains(".o_data_row:eq(1) .o_list_record_selector input").click();
    await happens(unlink([2]));
    expect(".o_data_row.o_amanat_gone").toHaveCount(1);
    await contains(".o_group_header:eq(0)").click();
    await settle();
    const [{departures}] = getService("amanat_realtime").patchers.values();
    expect(departures.gone.size).toBe(0);
    await contains(".o_group_header:eq(0)").click();
    expect(rowNames()).toEqual(["task 1", "task 4", "task 3"]);
    expect.verifySteps(["web_read_group", "web_search_read"]);
});

test("folding is kept, a new group begins as the view has it", async () => {
    await mountTasks("list", LIST, {groupBy: ["project_id"]});
    await contains(".o_group_header:eq(0)").click();
    await happens(create({name: "new", rank: 5, project_id: 3}));
    expect(headers()).toEqual(["Azure (3) 7", "Gemini (1) 3", "Lumber (1) 5"]);
    expect(rowNames()).toEqual(["task 3", "new"]);
    expect.verifySteps(["web_read_group"]);
});

test("a column just made stays, empty as it is", async () => {
    const arch = KANBAN.replace("<kanban", `<kanban default_group_by="project_id"`);
    await mountTasks("kanban", arch, {groupBy: ["project_id"]});
    await quickCreateKanbanColumn();
    await editKanbanColumnName("mine");
    await validateKanbanColumn();
    expect(".o_kanban_group").toHaveCount(3);
    await happens(write([1], {project_id: 2}));
    expect(".o_kanban_group").toHaveCount(3);
    expect(".o_kanban_group:eq(2) .o_column_title").toHaveText(/mine/);
    expect(column(1)).toEqual(["task 1", "task 3"]);
    expect.verifySteps(["web_read_group", "read_progress_bar"]);
});

test("what a person filters by the progress bar is kept, cards leave it", async () => {
    await mountTasks("kanban", KANBAN, {groupBy: ["project_id"]});
    await contains(".o_kanban_group:eq(0) .progress-bar.bg-info").click();
    expect.verifySteps(["web_search_read", "read_progress_bar"]);
    expect(column(0)).toEqual(["task 1", "task 2"]);
    await happens(write([2], {state: "done"}));
    expect(column(0)).toEqual(["task 1"]);
    await happens(write([4], {state: "draft"}));
    expect(column(0)).toEqual(["task 1", "task 4"]);
    expect(".o_kanban_group:eq(0) .o_animated_number").toHaveText("2");
    expect.verifySteps([
        "web_read_group",
        "read_progress_bar",
        "web_read_group",
        "read_progress_bar",
    ]);
});

test("a filter of the progress bar that nothing matches any more is taken away", async () => {
    await mountTasks("kanban", KANBAN, {groupBy: ["project_id"]});
    await contains(".o_kanban_group:eq(0) .progress-bar.bg-success").click();
    expect(column(0)).toEqual(["task 4"]);
    expect.verifySteps(["web_search_read", "read_progress_bar"]);
    await happens(write([4], {state: "draft"}));
    await settle();
    await settle();
    expect(column(0)).toEqual(["task 1", "task 2", "task 4"]);
    const reads = ["web_read_group", "read_progress_bar"];
    expect.verifySteps([...reads, ...reads]);
});

test("the progress bar of a folded column is right when it opens", async () => {
    await mountTasks("kanban", KANBAN, {groupBy: ["project_id"]});
    const bars = () =>
        [...document.querySelectorAll(".o_kanban_group:first-child .progress-bar")].map(
            (bar) => bar.getAttribute("aria-valuenow")
        );
    expect(bars()).toEqual(["2", "1"]);
    await (
        await toggleKanbanColumnActions(0)
    )("Fold");
    expect(".o_kanban_group:eq(0)").toHaveClass("o_column_folded");
    await happens(write([1], {state: "done"}));
    await contains(".o_kanban_group:eq(0)").click();
    expect(bars()).toEqual(["1", "2"]);
    expect.verifySteps(["web_read_group", "read_progress_bar", "web_search_read"]);
});

test("a list stays where it was scrolled to", async () => {
    await makeMockServer();
    for (let n = 0; n < 60; n++) {
        create({name: `more ${n}`, project_id: 1, sequence: 1000 + n});
    }
    await mountTasks("list", LIST, {groupBy: ["project_id"]});
    const scrolled = queryOne(".o_list_renderer");
    scrolled.scrollTop = 400;
    const row = queryOne(".o_data_row:eq(30)");
    const {y} = row.getBoundingClientRect();
    await happens(unlink([1]), write([3], {project_id: 1}));
    expect(scrolled.scrollTop).toBeGreaterThan(300);
    expect(Math.abs(row.getBoundingClientRect().y - y)).toBeLessThan(50);
    expect.verifySteps(["web_read_group"]);
});

test("a column stays where it was scrolled to", async () => {
    await makeMockServer();
    for (let n = 0; n < 60; n++) {
        create({name: `more ${n}`, project_id: 1, sequence: 1000 + n});
    }
    await mountTasks("kanban", KANBAN, {groupBy: ["project_id"]});
    const scrolled = queryOne(".o_kanban_group:eq(0)");
    Object.assign(scrolled.style, {height: "300px", overflow: "auto"});
    scrolled.scrollTop = 400;
    const before = scrolled.scrollTop;
    expect(before).toBeGreaterThan(0);
    await happens(write([50], {name: "renamed"}), write([3], {project_id: 1}));
    expect(Math.abs(scrolled.scrollTop - before)).toBeLessThan(150);
    expect(scrolled.scrollTop).toBeGreaterThan(0);
    expect.verifySteps(["web_read_group", "read_progress_bar"]);
});
