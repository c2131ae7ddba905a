// Promise: a message decides about a row by itself only if the server could not see it
// otherwise; with any doubt the list asks, once.
import {describe, expect, test} from "@odoo/hoot";
import {contains, onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {RowMover} from "@amanat_realtime/model/row_mover";
import {settle} from "../realtime_test_helpers";
import {
    colleague,
    defineTaskModels,
    mountTasks,
    rowNames,
    tellTasks,
} from "./task_test_helpers";

const {unlink, write} = colleague;

defineTaskModels(
    [1, 2, 3, 4].map((n) => ({
        id: n,
        name: `task ${n}`,
        sequence: 10 * n,
        rank: n,
        state: "draft",
        project_id: 1,
        parent_id: 1,
        date: `2026-01-0${n}`,
    }))
);
describe.current.tags("desktop");

const ARCH = `
    <list>
        <field name="name"/><field name="rank"/><field name="state"/>
        <field name="project_id"/><field name="date"/>
    </list>`;

const LEFT = ["task 1", "task 3", "task 4"];
const ALL = ["task 1", "task 2", "task 3", "task 4"];

const AZURE = [["project_id", "in", [1]]];

/**
 * [what, domain, what is changed in task 2, rows, reads, and the same domain for a mock
 * server that does not know such conditions]
 */
const DECISIONS = [
    ["all conditions still hold", [["rank", "<", 9]], {rank: 8}, ALL, 0],
    [
        "one of two turns",
        ["&", ["rank", "<", 9], ["state", "!=", "done"]],
        {rank: 9},
        LEFT,
        0,
    ],
    ["a relation by its id", [["project_id", "in", [1, 3]]], {project_id: 2}, LEFT, 0],
    ["a date is taken away", [["date", "<=", "2026-02-01"]], {date: false}, LEFT, 0],
    [
        "one of several alternatives stays as it was",
        ["|", ["rank", "<", 9], ["state", "=", "done"]],
        {rank: 8},
        ALL,
        0,
    ],
    [
        "one of several alternatives turns",
        ["|", ["rank", "<", 9], ["state", "=", "done"]],
        {rank: 9},
        LEFT,
        1,
    ],
    ["a negation", ["!", ["rank", ">", 9]], {rank: 10}, LEFT, 1],
    [
        "a search in names",
        [["project_id", "ilike", "azu"]],
        {project_id: 2},
        LEFT,
        1,
        AZURE,
    ],
    ["a path", [["project_id.name", "=", "Azure"]], {project_id: 2}, LEFT, 1, AZURE],
    ["a part of a text", [["name", "like", "task"]], {name: "other"}, LEFT, 1],
    ["a field that is not shown", [["sequence", "<", 99]], {sequence: 100}, LEFT, 1],
];

for (const [what, domain, values, rows, reads, mockDomain] of DECISIONS) {
    test(`${what}: ${reads ? "asks" : "decides"}`, async () => {
        onRpc("test.task", "web_search_read", ({kwargs, parent}) => {
            kwargs.domain = mockDomain || kwargs.domain;
            return parent();
        });
        await mountTasks("list", ARCH, {domain});
        await tellTasks(write([2], values));
        await settle();
        expect(rowNames()).toEqual(rows);
        expect.verifySteps(Array(reads).fill("web_search_read"));
    });
}

test("a row that is taken back while it leaves stays", async () => {
    await mountTasks("list", ARCH, {domain: [["state", "=", "draft"]]});
    const said = write([2], {state: "done"});
    write([2], {state: "draft"});
    await tellTasks(said);
    await tellTasks({update: [{ids: [2], diff: {state: ["done", "draft"]}}]});
    await settle();
    expect(rowNames()).toEqual(ALL);
    expect.verifySteps(["web_search_read"]);
});

test("a message that does not fit what is shown makes the list look", async () => {
    await mountTasks("list", ARCH, {domain: [["state", "=", "draft"]]});
    await tellTasks({update: [{ids: [2], diff: {state: ["blocked", "done"]}}]});
    await settle();
    expect(rowNames()).toEqual(ALL);
    expect.verifySteps(["web_search_read"]);
});

test("archived records stay in a list that shows them all the same", async () => {
    const context = {active_test: false};
    await mountTasks("list", ARCH, {context});
    await tellTasks(write([2], {active: false}));
    await settle();
    expect(rowNames()).toEqual(ALL);
    expect.verifySteps([]);
});

test("there are several ways to ask for archived records", async () => {
    const arch = ARCH.replace("</list>", `<field name="active"/></list>`);
    await mountTasks("list", arch, {context: {active_test: 0}});
    await tellTasks(write([2], {active: false}));
    await settle();
    expect(rowNames()).toEqual(ALL);
    expect.verifySteps([]);
});

test("whose child a record is decides whose descendant it is", async () => {
    onRpc("test.task", "web_search_read", ({kwargs, parent}) => {
        kwargs.domain = [["parent_id", "=", 1]];
        return parent();
    });
    await mountTasks("list", ARCH, {domain: [["id", "child_of", 1]]});
    await tellTasks(write([2], {parent_id: false}));
    await settle();
    expect(rowNames()).toEqual(LEFT);
    expect.verifySteps(["web_search_read"]);
});

test("a record leaves the archive and the list of archived records", async () => {
    const arch = ARCH.replace("</list>", `<field name="active"/></list>`);
    await mountTasks("list", arch, {domain: [["active", "in", [true, false]]]});
    await tellTasks(write([2], {active: false}));
    await settle();
    expect(rowNames()).toEqual(ALL);
    expect.verifySteps([]);
});

test("a shown archive mark takes the row away at once", async () => {
    const arch = ARCH.replace("</list>", `<field name="active"/></list>`);
    await mountTasks("list", arch);
    await tellTasks(write([2], {active: false}));
    expect(rowNames()).toEqual(LEFT);
    await settle();
    expect.verifySteps([]);
});

test("the company decides together with the company menu", async () => {
    await mountTasks("list", ARCH);
    await tellTasks({update: [{ids: [2], diff: {company_id: [false, false]}}]});
    await settle();
    expect.verifySteps(["web_search_read"]);
});

test("two rows that change places are looked up", async () => {
    const orderBy = [{name: "rank", asc: true}];
    await mountTasks("list", ARCH, {orderBy});
    await tellTasks(write([2], {rank: 3}), write([3], {rank: 2}));
    await settle();
    expect(rowNames()).toEqual(["task 1", "task 3", "task 2", "task 4"]);
    expect.verifySteps(["web_search_read"]);
});

test("rows that move apart keep their places", async () => {
    const orderBy = [{name: "rank", asc: true}];
    await mountTasks("list", ARCH, {orderBy});
    await tellTasks(write([3], {rank: 30}), write([4], {rank: 40}));
    await settle();
    expect(rowNames()).toEqual(ALL);
    expect.verifySteps([]);
});

test("a tie is for the server to break", async () => {
    const orderBy = [{name: "rank", asc: true}];
    await mountTasks("list", ARCH, {orderBy});
    await tellTasks(write([2], {rank: 1}));
    await settle();
    expect.verifySteps(["web_search_read"]);
});

test("a row that comes back to its page while it leaves stays", async () => {
    const orderBy = [{name: "rank", asc: true}];
    await mountTasks("list", ARCH.replace("<list>", `<list limit="3">`), {orderBy});
    await contains(".o_data_row:eq(1) .o_list_record_selector input").click();
    await tellTasks(write([2], {rank: 9}));
    await settle();
    expect(".o_data_row:eq(1)").toHaveClass("o_amanat_gone");
    await tellTasks(write([2], {rank: 2}));
    await settle();
    expect(rowNames()).toEqual(["task 1", "task 2", "task 3"]);
    expect(".o_amanat_gone").toHaveCount(0);
    expect.verifySteps(["web_search_read", "web_search_read"]);
});

const TOGETHER = {
    "are deleted": () => unlink([1, 2, 3]),
    "do not match any more": () => write([1, 2, 3], {state: "done"}),
};

for (const [what, happens] of Object.entries(TOGETHER)) {
    test(`rows that ${what} together are taken out at once`, async () => {
        patchWithCleanup(RowMover.prototype, {
            setRows(list, target) {
                expect.step(`${target.length} rows`);
                return super.setRows(...arguments);
            },
        });
        await mountTasks("list", ARCH, {domain: [["state", "=", "draft"]]});
        await tellTasks(happens());
        await settle();
        expect(rowNames()).toEqual(["task 4"]);
        expect.verifySteps(["1 rows"]);
    });
}
