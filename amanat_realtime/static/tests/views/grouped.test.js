// Promise: in grouped lists and kanbans records change group, groups count and sum
// right, and nobody loses what is folded, how much is shown or the row in edition.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {pointerDown, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    getKanbanCounters,
    MockServer,
    mountView,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {AnimatedNumber} from "@web/views/view_components/animated_number";
import {
    cell,
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
beforeEach(() => {
    makeLive();
    patchWithCleanup(AnimatedNumber, {enableAnimations: false});
});

const db = () => MockServer.env["test.sheet"];

const LIST = `
    <list editable="bottom" expand="1">
        <field name="name"/><field name="quantity" sum="Total"/>
    </list>`;
const KANBAN = `
    <kanban>
        <progressbar field="state" colors='{"draft": "info", "done": "success"}'/>
        <templates><t t-name="card">
            <field name="name"/><field name="quantity"/><field name="state"/>
        </t></templates>
    </kanban>`;

async function mountGrouped(type, arch, groupBy = ["partner_id"], params = {}) {
    await mountView({type, resModel: "test.sheet", arch, groupBy, ...params});
    await subscribed();
    stepCalls();
}

const azure = {id: 1, display_name: "Azure"};
const gemini = {id: 2, display_name: "Gemini"};
const headers = () =>
    queryAllTexts(".o_group_header").map((t) => t.replace(/\s+/g, " "));
const column = (index) =>
    queryAllTexts(
        `.o_kanban_group:eq(${index}) .o_kanban_record:not(.o_kanban_ghost)`
    ).map((text) => text.split("\n")[0]);

test("a cell of a grouped list changes with its sum, without an rpc", async () => {
    await mountGrouped("list", LIST);
    expect(headers()).toEqual(["Azure (2) 4", "Gemini (1) 2"]);
    await tell({
        update: [{ids: [1], diff: {name: ["first", "remote"], quantity: [1, 10]}}],
    });
    expect(cell(0, "name")).toHaveText("remote");
    expect(headers()).toEqual(["Azure (2) 13", "Gemini (1) 2"]);
    await settle();
    expect.verifySteps([]);
});

test("a record changes group in a list", async () => {
    await mountGrouped("list", LIST);
    await contains(".o_data_row:eq(0) .o_list_record_selector input").click();
    await tellChange(1, "partner_id", azure, gemini);
    await settle();
    expect(headers()).toEqual(["Azure (1) 3", "Gemini (2) 3"]);
    expect(".o_data_row .o_list_record_selector input:checked").toHaveCount(1);
    expect.verifySteps(["web_read_group"]);
});

test("creation, deletion and a new group", async () => {
    await mountGrouped("list", LIST);
    const [partner] = MockServer.env["test.partner"].create([{name: "Zoe"}]);
    const [id] = db().create([{name: "new", quantity: 5, partner_id: partner}]);
    await tell({create: [id]});
    await settle();
    expect(headers()).toEqual(["Azure (2) 4", "Gemini (1) 2", "Zoe (1) 5"]);
    db().unlink([1]);
    await tell({unlink: [1]});
    expect(".o_data_row [name=name]:contains(first)").toHaveCount(0);
    await settle();
    expect(headers().slice(0, 2)).toEqual(["Azure (1) 3", "Gemini (1) 2"]);
    expect.verifySteps(["web_read_group", "web_read_group"]);
});

test("folded groups stay folded and count right", async () => {
    await mountGrouped("list", LIST);
    await contains(".o_group_header:eq(1)").click();
    expect(".o_data_row").toHaveCount(2);
    await tellChange(1, "partner_id", azure, gemini);
    await settle();
    expect(headers()).toEqual(["Azure (1) 3", "Gemini (2) 3"]);
    expect(".o_data_row").toHaveCount(1);
    // A sum over records that nobody sees.
    await tellChange(2, "quantity", 2, 7);
    await settle();
    expect(headers()).toEqual(["Azure (1) 3", "Gemini (2) 8"]);
    expect.verifySteps(["web_read_group", "web_read_group"]);
});

test("the row in edition stays in its group until it is left", async () => {
    await mountGrouped("list", LIST);
    await contains(cell(0, "name")).click();
    const input = queryOne(".o_selected_row [name=name] input");
    await contains(input).edit("mine", {confirm: false});
    await tellChange(1, "partner_id", azure, gemini);
    await settle();
    expect(input).toBeFocused();
    expect(input).toHaveValue("mine");
    expect(headers()).toEqual(["Azure (1) 3", "Gemini (2) 3"]);
    expect(".o_data_row").toHaveCount(3);
    await contains(".o_list_button_discard").click();
    queryOne(".o_searchview_input").focus();
    await settle();
    await settle();
    expect(".o_data_row").toHaveCount(3);
    expect(".o_data_row.o_amanat_gone").toHaveCount(0);
    expect.verifySteps(["web_read_group", "web_read_group"]);
});

test("two levels of groups", async () => {
    await mountGrouped("list", LIST, ["state", "partner_id"]);
    await contains(".o_group_header:eq(0)").click();
    const before = headers();
    await tellChange(2, "state", "draft", "done");
    await settle();
    expect(headers()).not.toEqual(before);
    expect(headers()[0]).toBe("Draft (1) 1");
    await settle();
    expect.verifySteps(["web_read_group"]);
});

test("a record in several groups is patched in each", async () => {
    await mountGrouped("list", LIST, ["partner_ids"]);
    expect(".o_data_row [name=name]:contains(first)").toHaveCount(2);
    await tell({update: [{ids: [1], diff: {name: ["first", "remote"]}}]});
    expect(".o_data_row [name=name]:contains(remote)").toHaveCount(2);
    expect.verifySteps([]);
});

test("cards are patched, without an rpc", async () => {
    await mountGrouped("kanban", KANBAN);
    const card = queryOne(".o_kanban_record:eq(0)");
    await tell({update: [{ids: [1], diff: {name: ["first", "remote"]}}]});
    expect(column(0)[0]).toBe("remote");
    expect(queryOne(".o_kanban_record:eq(0)")).toBe(card);
    await settle();
    expect.verifySteps([]);
});

test("cards move between columns, with counters and progress bars", async () => {
    await mountGrouped("kanban", KANBAN);
    expect(column(0)).toEqual(["first", "third"]);
    expect(getKanbanCounters()).toEqual(["2", "1"]);
    await tellChange(1, "partner_id", azure, gemini);
    await settle();
    await settle();
    expect(column(0)).toEqual(["third"]);
    expect(column(1)).toEqual(["first", "second"]);
    expect(getKanbanCounters()).toEqual(["1", "2"]);
    expect(`.o_kanban_group:eq(0) .progress-bar.bg-info`).toHaveCount(0);
    expect.verifySteps(["web_read_group", "read_progress_bar"]);
});

test("cards enter and leave", async () => {
    await mountGrouped("kanban", KANBAN);
    const [id] = db().create([{name: "new", partner_id: 2}]);
    await tell({create: [id]});
    await settle();
    await settle();
    expect(column(1)).toEqual(["second", "new"]);
    db().unlink([3]);
    await tell({unlink: [3]});
    expect(column(0)).toEqual(["first"]);
    await settle();
    await settle();
    expect(getKanbanCounters()).toEqual(["1", "2"]);
    expect.verifySteps([
        "web_read_group",
        "read_progress_bar",
        "web_read_group",
        "read_progress_bar",
    ]);
});

test("an ungrouped kanban follows too", async () => {
    await mountGrouped("kanban", KANBAN, []);
    const [id] = db().create([{name: "new"}]);
    db().write([1], {name: "x"});
    db().unlink([2]);
    await tell({
        create: [id],
        unlink: [2],
        update: [{ids: [1], diff: {name: ["first", "x"]}}],
    });
    await settle();
    expect(
        queryAllTexts(".o_kanban_record:not(.o_kanban_ghost) span:first-child")
    ).toEqual(["x", "third", "new"]);
    expect.verifySteps(["web_search_read"]);
});

test("nothing moves while the person drags", async () => {
    await mountGrouped("kanban", KANBAN);
    const ghost = document.createElement("div");
    ghost.className = "o_dragged";
    // as a drag begins: the clock of the tests began anew since the last one
    await pointerDown(document.body);
    document.body.append(ghost);
    await tellChange(1, "partner_id", azure, gemini);
    await settle();
    expect(column(0)).toEqual(["first", "third"]);
    ghost.remove();
    await advanceTime(300);
    await animationFrame();
    await settle();
    expect(column(1)).toEqual(["first", "second"]);
    expect.verifySteps(["web_read_group", "read_progress_bar"]);
});
