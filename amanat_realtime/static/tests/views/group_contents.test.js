// Promise: groups of lists and kanbans, nested, by date and in several at once, have
// the records, counts, sums and order that a fresh load would show, after one read.
import {describe, expect, test, beforeEach} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {contains, onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {currencies} from "@web/core/currency";
import {AnimatedNumber} from "@web/views/view_components/animated_number";
import {settle} from "../realtime_test_helpers";
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
    best: id,
    price: id,
    currency_id: 1,
    state: "draft",
    project_id: 1,
    project_ids: [],
    ...values,
});

defineTaskModels([
    task(1, {project_ids: [1, 2], date: "2026-01-10"}),
    task(2, {project_ids: [1], date: "2026-03-10"}),
    task(3, {state: "done", project_id: 2, project_ids: [2], date: "2026-03-20"}),
    task(4, {state: "done", project_ids: [], date: false}),
    task(9, {active: false}),
]);
describe.current.tags("desktop");
beforeEach(() => patchWithCleanup(AnimatedNumber, {enableAnimations: false}));

const ROW = `<field name="name"/><field name="rank" sum="Total"/>`;
const LIST = `<list editable="bottom" expand="1">${ROW}</list>`;
const CARD = `<templates><t t-name="card">
    <div name="name"><field name="name"/></div><field name="state"/>
</t></templates>`;
const KANBAN = `<kanban>${CARD}</kanban>`;
const READ = ["web_read_group"];

const texts = (selector) =>
    queryAllTexts(selector).map((text) => text.replace(/\s+/g, " ").trim());
const headers = () => texts(".o_group_header");
const column = (index) =>
    namesIn(`.o_kanban_group:eq(${index}) .o_kanban_record:not(.o_kanban_ghost)`);
const columns = () => texts(".o_kanban_group .o_kanban_header_title");

/** What is said is said in one message, drawn, looked up and drawn again. */
async function happens(...parts) {
    await tellTasks(...parts);
    await settle();
    await settle();
}

describe("two levels", () => {
    const groupBy = ["state", "project_id"];

    async function mountNested() {
        await mountTasks("list", LIST, {groupBy});
        expect(headers()).toEqual([
            "Draft (2) 3",
            "Azure (2) 3",
            "Done (2) 7",
            "Azure (1) 4",
            "Gemini (1) 3",
        ]);
        for (const index of [1, 3, 4]) {
            await contains(`.o_group_header:eq(${index})`).click();
            expect.verifySteps(["web_search_read"]);
        }
        expect(rowNames()).toEqual(["task 1", "task 2", "task 4", "task 3"]);
    }

    test("a record changes inner group", async () => {
        await mountNested();
        await happens(write([3], {project_id: 1}));
        expect(headers()).toEqual([
            "Draft (2) 3",
            "Azure (2) 3",
            "Done (2) 7",
            "Azure (2) 7",
            "Gemini (0) 0",
        ]);
        expect(rowNames()).toEqual(["task 1", "task 2", "task 3", "task 4"]);
        expect.verifySteps(READ);
    });

    test("a record changes outer group", async () => {
        await mountNested();
        await happens(write([2], {state: "done"}));
        expect(headers()).toEqual([
            "Draft (1) 1",
            "Azure (1) 1",
            "Done (3) 9",
            "Azure (2) 6",
            "Gemini (1) 3",
        ]);
        expect(rowNames()).toEqual(["task 1", "task 2", "task 4", "task 3"]);
        expect.verifySteps(READ);
    });

    test("an outer group is emptied, with all that is in it", async () => {
        await mountNested();
        await happens(write([1, 2], {state: "done"}));
        expect(headers()).toEqual([
            "Draft (0) 0",
            "Azure (0) 0",
            "Done (4) 10",
            "Azure (3) 7",
            "Gemini (1) 3",
        ]);
        expect(rowNames()).toEqual(["task 1", "task 2", "task 4", "task 3"]);
        await happens(write([3], {state: "draft"}));
        expect(headers()).toEqual([
            "Draft (1) 3",
            "Azure (0) 0",
            "Gemini (1) 3",
            "Done (3) 7",
            "Azure (3) 7",
            "Gemini (0) 0",
        ]);
        expect.verifySteps([...READ, ...READ]);
    });

    test("a new inner group comes in its place", async () => {
        await mountNested();
        await happens(create({name: "new", rank: 5, state: "done", project_id: 3}));
        expect(headers().slice(2)).toEqual([
            "Done (3) 12",
            "Azure (1) 4",
            "Gemini (1) 3",
            "Lumber (1) 5",
        ]);
        expect.verifySteps(READ);
    });

    test("sums follow on both levels, without an rpc", async () => {
        await mountNested();
        await happens(write([2], {rank: 20}));
        expect(headers().slice(0, 2)).toEqual(["Draft (2) 21", "Azure (2) 21"]);
        expect("tfoot .o_list_number").toHaveText("28");
        expect.verifySteps([]);
    });
});

describe("in several groups at once", () => {
    const groupBy = ["project_ids"];

    async function mountTagged() {
        await mountTasks("list", LIST, {groupBy});
        expect(headers()).toEqual(["Azure (2) 3", "Gemini (2) 4", "None (1) 4"]);
        expect(rowNames()).toEqual(["task 1", "task 2", "task 1", "task 3"]);
    }

    test("a tag is added", async () => {
        await mountTagged();
        await happens(write([2], {project_ids: [1, 2]}));
        expect(headers()).toEqual(["Azure (2) 3", "Gemini (3) 6", "None (1) 4"]);
        expect(rowNames()).toEqual(["task 1", "task 2", "task 1", "task 2", "task 3"]);
        expect.verifySteps(READ);
    });

    test("the first tag is removed", async () => {
        await mountTagged();
        await happens(write([1], {project_ids: [2]}));
        expect(headers()).toEqual(["Azure (1) 2", "Gemini (2) 4", "None (1) 4"]);
        expect(rowNames()).toEqual(["task 2", "task 1", "task 3"]);
        expect.verifySteps(READ);
    });

    test("the second tag is removed", async () => {
        await mountTagged();
        await happens(write([1], {project_ids: [1]}));
        expect(headers()).toEqual(["Azure (2) 3", "Gemini (1) 3", "None (1) 4"]);
        expect(rowNames()).toEqual(["task 1", "task 2", "task 3"]);
        expect.verifySteps(READ);
    });

    test("all tags are removed", async () => {
        await mountTagged();
        await happens(write([1], {project_ids: []}));
        expect(headers()).toEqual(["Azure (1) 2", "Gemini (1) 3", "None (2) 5"]);
        expect(rowNames()).toEqual(["task 2", "task 3"]);
        expect.verifySteps(READ);
    });

    test("a record is deleted in all of them", async () => {
        await mountTagged();
        await happens(unlink([1]));
        expect(headers()).toEqual(["Azure (1) 2", "Gemini (1) 3", "None (1) 4"]);
        expect(rowNames()).toEqual(["task 2", "task 3"]);
        expect.verifySteps(READ);
    });

    test("the sum of a folded group counts what is shown in another one", async () => {
        await mountTagged();
        await contains(".o_group_header:eq(1)").click();
        await happens(write([1], {rank: 100}));
        expect(headers()).toEqual(["Azure (2) 102", "Gemini (2) 103", "None (1) 4"]);
        expect.verifySteps(READ);
    });
});

describe("by month", () => {
    const groupBy = ["date:month"];

    test("a new month comes in order, an emptied one stays", async () => {
        await mountTasks("list", LIST, {groupBy});
        expect(headers()).toEqual([
            "January 2026 (1) 1",
            "March 2026 (2) 5",
            "None (1) 4",
        ]);
        await happens(write([1], {date: "2026-02-03"}));
        expect(headers()).toEqual([
            "January 2026 (0) 0",
            "February 2026 (1) 1",
            "March 2026 (2) 5",
            "None (1) 4",
        ]);
        expect(rowNames()).toEqual(["task 1", "task 2", "task 3", "task 4"]);
        await happens(write([2], {date: "2026-01-31"}));
        expect(headers().slice(0, 3)).toEqual([
            "January 2026 (1) 2",
            "February 2026 (1) 1",
            "March 2026 (1) 3",
        ]);
        expect(rowNames()).toEqual(["task 2", "task 1", "task 3", "task 4"]);
        expect.verifySteps([...READ, ...READ]);
    });

    test("a day in the same month moves nothing", async () => {
        await mountTasks("list", LIST, {groupBy});
        await happens(write([1], {date: "2026-01-31"}));
        expect(headers()).toEqual([
            "January 2026 (1) 1",
            "March 2026 (2) 5",
            "None (1) 4",
        ]);
        expect(rowNames()).toEqual(["task 1", "task 2", "task 3", "task 4"]);
        expect.verifySteps(READ);
    });
});

describe("sums", () => {
    const SUMS = `<field name="name"/><field name="rank" sum="S"/>
        <field name="best" max="M"/>`;
    const groupBy = ["project_id"];
    const aggregates = () => texts(".o_group_header .o_list_number");
    const footer = () => texts("tfoot .o_list_number");

    test("greatest values are read", async () => {
        await mountTasks("list", `<list expand="1">${SUMS}</list>`, {groupBy});
        expect(aggregates()).toEqual(["7", "4", "3", "3"]);
        await happens(write([2], {rank: 12, best: 12}));
        expect(aggregates()).toEqual(["17", "12", "3", "3"]);
        expect(footer()).toEqual(["20", "12"]);
        expect.verifySteps(READ);
    });

    test("what the person has not saved is in no sum", async () => {
        const arch = `<list expand="1" editable="bottom">${SUMS}</list>`;
        await mountTasks("list", arch, {groupBy});
        await contains(".o_data_row:eq(1) [name=rank]").click();
        await contains(".o_data_row:eq(1) [name=rank] input").edit("20", {
            confirm: "tab",
        });
        await tellTasks(write([2], {rank: 12}));
        expect(aggregates().slice(0, 2)).toEqual(["17", "4"]);
    });

    test("an emptied group does not count in the footer", async () => {
        await mountTasks("list", `<list expand="1">${SUMS}</list>`, {groupBy});
        await happens(write([3], {best: -3}), write([1, 2, 4], {best: -1}));
        await happens(unlink([1, 2, 4]));
        expect(headers()[0]).toMatch(/^Azure \(0\) 0/);
        expect(footer()).toEqual(["3", "-3"]);
        expect.verifySteps([...READ, ...READ]);
    });

    test("in several currencies, also of a group that is emptied", async () => {
        const dollar = {symbol: "$", position: "before", digits: [69, 2]};
        patchWithCleanup(currencies, {1: dollar, 2: {...dollar, symbol: "€"}});
        onRpc("res.currency", "read", () => [
            {id: 1, inverse_rate: 1},
            {id: 2, inverse_rate: 2},
        ]);
        const arch = `<list><field name="name"/><field name="price" sum="S"/>
            <field name="currency_id"/></list>`;
        await mountTasks("list", arch, {groupBy});
        const sums = () =>
            texts(".o_group_header .o_list_number, tfoot .o_list_number");
        expect(sums()).toEqual(["$ 7.00", "$ 3.00", "$ 10.00"]);
        await happens(write([3], {currency_id: 2}));
        expect(sums()).toEqual(["$ 7.00", "€ 3.00", "$ 13.00?"]);
        await happens(unlink([3]));
        expect(sums()).toEqual(["$ 7.00", "€ 0.00", "$ 7.00?"]);
        expect.verifySteps([...READ, ...READ]);
    });

    test("of folded groups", async () => {
        await mountTasks("list", LIST.replace(`expand="1"`, ""), {groupBy});
        await happens(write([3], {rank: 30}));
        expect(headers()).toEqual(["Azure (3) 7", "Gemini (1) 30"]);
        await happens(write([3], {name: "renamed"}));
        expect.verifySteps(READ);
    });
});

describe("columns", () => {
    const groupBy = ["project_id"];

    test("an emptied column stays, and takes cards again", async () => {
        await mountTasks("kanban", KANBAN, {groupBy});
        await happens(write([3], {project_id: 1}));
        expect(column(0)).toEqual(["task 1", "task 2", "task 3", "task 4"]);
        expect(column(1)).toEqual([]);
        await happens(write([2], {project_id: 2}));
        expect(column(0)).toEqual(["task 1", "task 3", "task 4"]);
        expect(column(1)).toEqual(["task 2"]);
        expect(".o_kanban_group").toHaveCount(2);
        expect.verifySteps([...READ, ...READ]);
    });

    test("a column that the server adds to all others", async () => {
        onRpc("test.task", "web_read_group", async ({parent}) => {
            const result = await parent();
            const isThere = result.groups.some(({project_id: [id]}) => id === 3);
            if (!isThere) {
                result.groups.push({
                    ...result.groups[0],
                    project_id: [3, "Lumber"],
                    __extra_domain: [["project_id", "=", 3]],
                    __count: 0,
                    __records: [],
                });
                result.length++;
            }
            return result;
        });
        await mountTasks("kanban", KANBAN, {groupBy});
        expect(columns()).toEqual(["Azure (3)", "Gemini (1)", "Lumber (0)"]);
        await happens(write([1], {project_id: 3}));
        expect(columns()).toEqual(["Azure (2)", "Gemini (1)", "Lumber (1)"]);
        expect(column(2)).toEqual(["task 1"]);
        await happens(write([1], {project_id: 2}));
        expect(columns()).toEqual(["Azure (2)", "Gemini (2)", "Lumber (0)"]);
        expect(column(2)).toEqual([]);
        expect.verifySteps([...READ, ...READ]);
    });

    test("cards are ordered as the model is", async () => {
        await mountTasks("kanban", KANBAN, {groupBy});
        await happens(write([1], {sequence: 25}));
        expect(column(0)).toEqual(["task 2", "task 1", "task 4"]);
        await happens(write([2], {sequence: 1}));
        expect(column(0)).toEqual(["task 2", "task 1", "task 4"]);
        expect.verifySteps([...READ, ...READ]);
    });

    test("a restored card, and one that was there for a moment only", async () => {
        await mountTasks("kanban", KANBAN, {groupBy});
        const {create: ids} = create({name: "short", project_id: 1});
        unlink(ids);
        await happens({create: ids, unlink: ids}, write([9], {active: true}));
        expect(column(0)).toEqual(["task 1", "task 2", "task 4", "task 9"]);
        expect.verifySteps(READ);
    });

    test("more cards than are shown", async () => {
        await mountTasks("kanban", KANBAN, {groupBy, limit: 2});
        expect(column(0)).toEqual(["task 1", "task 2"]);
        await happens(unlink([1]));
        expect(column(0)).toEqual(["task 2", "task 4"]);
        expect(".o_kanban_load_more").toHaveCount(0);
        await happens(create({name: "new", project_id: 1, sequence: 15}));
        expect(column(0)).toEqual(["new", "task 2"]);
        await contains(".o_kanban_load_more button").click();
        expect.verifySteps([...READ, ...READ, "web_search_read"]);
        expect(column(0)).toEqual(["new", "task 2", "task 4"]);
        await happens(write([3], {project_id: 1}));
        expect(column(0)).toEqual(["new", "task 2", "task 3", "task 4"]);
        expect.verifySteps(READ);
    });
});

describe("pages", () => {
    test("of records in a group", async () => {
        await mountTasks("list", LIST, {groupBy: ["project_id"], limit: 2});
        await contains(".o_group_header:eq(0) .o_pager_next").click();
        expect(rowNames()).toEqual(["task 4", "task 3"]);
        await happens(write([3], {project_id: 1}));
        expect(rowNames()).toEqual(["task 3", "task 4"]);
        expect(headers()[0]).toMatch(/^Azure \(4\) .*10/);
        await happens(unlink([3, 4]));
        expect(rowNames()).toEqual(["task 1", "task 2"]);
        expect.verifySteps(["web_search_read", ...READ, ...READ]);
    });

    test("of groups: what has no room on the page is not empty", async () => {
        const arch = LIST.replace("<list", `<list groups_limit="2"`);
        await mountTasks("list", arch, {
            groupBy: ["date:month"],
            searchViewArch: "<search/>",
        });
        expect(headers()).toEqual(["January 2026 (1) 1", "March 2026 (2) 5"]);
        await happens(create({name: "new", rank: 7, date: "2026-02-01"}));
        expect(headers()).toEqual(["January 2026 (1) 1", "February 2026 (1) 7"]);
        expect(".o_pager_limit:last").toHaveText("4");
        expect.verifySteps(READ);
    });
});
