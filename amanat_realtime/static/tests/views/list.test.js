// Promise: in an open list, what somebody else saves shows up in place, at once, with
// no rpc for a plain change, and never at the expense of what the person is doing.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {browser} from "@web/core/browser/browser";
import {
    contains,
    MockServer,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {LEAVING_DURATION} from "@amanat_realtime/views/highlight";
import {
    cell,
    defineLiveModels,
    makeLive,
    pager,
    settle,
    stepCalls,
    stopClock,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

const ARCH = `
    <list editable="bottom">
        <field name="name"/><field name="quantity" sum="Total"/><field name="state"/>
        <field name="partner_id"/><field name="date"/>
    </list>`;

async function mountList(params = {}) {
    await mountView({type: "list", resModel: "test.sheet", arch: ARCH, ...params});
    await subscribed();
    stepCalls();
}

const db = () => MockServer.env["test.sheet"];

test("a changed cell is patched in place, without an rpc", async () => {
    await mountList();
    const row = queryOne(".o_data_row:eq(1)");
    await tell({
        update: [
            {
                ids: [2],
                diff: {
                    name: ["second", "remote"],
                    quantity: [2, 40],
                    state: ["draft", "done"],
                    partner_id: [
                        {id: 2, display_name: "Gemini"},
                        {id: 1, display_name: "Azure"},
                    ],
                    date: [false, "2026-11-20"],
                    secret: [1, 2],
                },
            },
        ],
    });
    expect(cell(1, "name")).toHaveText("remote");
    expect(cell(1, "state")).toHaveText("Done");
    expect(cell(1, "partner_id")).toHaveText("Azure");
    expect(cell(1, "date")).toHaveText(/2026/);
    expect("tfoot .o_list_number").toHaveText("44");
    expect(queryOne(".o_data_row:eq(1)")).toBe(row);
    await settle();
    expect.verifySteps([]);
});

test("several records share a diff", async () => {
    await mountList();
    await tell({update: [{ids: [1, 2], diff: {state: ["draft", "done"]}}]});
    expect(cell(0, "state")).toHaveText("Done");
    expect(cell(1, "state")).toHaveText("Done");
    expect.verifySteps([]);
});

test("what is shown already is left alone", async () => {
    await mountList();
    await tell({update: [{ids: [2], diff: {name: ["before", "second"]}}]});
    await settle();
    expect(cell(1, "name")).toHaveText("second");
    expect.verifySteps([]);
});

test("a missed change leads to one silent read, for all records at once", async () => {
    stopClock();
    await mountList();
    db().write([1], {name: "newest"});
    db().write([2], {name: "newest too"});
    await tell({
        update: [
            {ids: [1], diff: {name: ["missed", "newest"]}},
            {ids: [2], diff: {name: ["missed", "newest too"]}},
        ],
    });
    expect(cell(1, "name")).toHaveText("second");
    await settle();
    expect(cell(0, "name")).toHaveText("newest");
    expect(cell(1, "name")).toHaveText("newest too");
    expect.verifySteps(["web_search_read"]);
});

test("a replayed message does not move the list backwards", async () => {
    await mountList();
    await tellChange(2, "name", "second", "newest");
    await tell({update: [{ids: [2], diff: {name: ["very old", "old"]}}]});
    expect(cell(1, "name")).toHaveText("newest");
    await settle();
    expect(cell(1, "name")).toHaveText("newest");
    expect.verifySteps(["web_search_read"]);
});

test("a message older than the data on screen only makes it look again", async () => {
    await mountList();
    const at = new Date(Date.now() - 3600_000).toISOString();
    await tell({at, update: [{ids: [2], diff: {name: ["second", "long gone"]}}]});
    await settle();
    expect(cell(1, "name")).toHaveText("second");
    expect.verifySteps(["web_search_read"]);
});

test("stale fields are read only by lists that show them", async () => {
    await mountList();
    await tell({update: [{ids: [2], stale: ["note", "line_ids"]}]});
    await settle();
    expect.verifySteps([]);
    db().write([2], {name: "translated"});
    await tell({update: [{ids: [2], stale: ["name"]}]});
    await settle();
    expect(cell(1, "name")).toHaveText("translated");
    expect.verifySteps(["web_search_read"]);
});

test("the row in edition keeps its pending value, the rest of it follows", async () => {
    onRpc("web_save", ({args}) => expect.step(JSON.stringify(args[1])));
    await mountList();
    await contains(cell(1, "name")).click();
    await contains(`.o_selected_row [name=name] input`).edit("mine", {confirm: false});
    await contains(`.o_selected_row [name=quantity] input`).click();
    await tell({
        update: [
            {ids: [2], diff: {name: ["second", "<b>theirs</b>"], quantity: [2, 9]}},
        ],
    });
    expect(`.o_selected_row [name=name] input`).toHaveValue("mine");
    expect(`.o_selected_row [name=quantity] input`).toHaveValue("9");
    expect(".o_notification").toHaveCount(1);
    expect(".o_notification").toHaveText(
        /John changed “Name” .*mine\nValue of John: <b>theirs<\/b>/s
    );
    await contains(".o_list_button_save").click();
    expect.verifySteps(["web_save", '{"name":"mine"}']);
});

test("text being typed, focus and caret stay, discard shows the remote value", async () => {
    await mountList();
    await contains(cell(1, "name")).click();
    const input = queryOne(`.o_selected_row [name=name] input`);
    await contains(input).edit("typed", {confirm: false});
    input.setSelectionRange(2, 2);
    await tell({
        update: [{ids: [2], diff: {name: ["second", "theirs"], quantity: [2, 9]}}],
    });
    expect(input).toHaveValue("typed");
    expect(input).toBeFocused();
    expect(input.selectionStart).toBe(2);
    expect(`.o_selected_row [name=quantity] input`).toHaveValue("9");
    expect(".o_notification").toHaveCount(1);
    await contains(".o_list_button_discard").click();
    expect(cell(1, "name")).toHaveText("theirs");
    expect.verifySteps([]);
});

test("the caret stays in a focused field that others change", async () => {
    await mountList();
    await contains(cell(1, "name")).click();
    const input = queryOne(`.o_selected_row [name=name] input`);
    input.setSelectionRange(3, 3);
    await tell({update: [{ids: [2], diff: {name: ["second", "remote"]}}]});
    expect(input).toHaveValue("remote");
    expect(input).toBeFocused();
    expect(input.selectionStart).toBe(3);
    expect.verifySteps([]);
});

test("a live patch does not steal the focus from the search bar", async () => {
    await mountList({searchViewArch: `<search/>`});
    await contains(cell(1, "name")).click();
    queryOne(".o_searchview_input").focus();
    await tell({update: [{ids: [1], diff: {name: ["first", "remote"]}}]});
    expect(".o_searchview_input").toBeFocused();
    expect(cell(0, "name")).toHaveText("remote");
    expect.verifySteps([]);
});

test("selection survives patches, arrivals and departures", async () => {
    await mountList();
    await contains(".o_data_row:eq(0) .o_list_record_selector input").click();
    const [id] = db().create([{name: "new"}]);
    await tell({create: [id]});
    db().unlink([3]);
    await tell({update: [{ids: [1], diff: {name: ["first", "remote"]}}], unlink: [3]});
    await settle();
    expect(".o_data_row").toHaveCount(3);
    expect(".o_data_row:eq(0) .o_list_record_selector input").toBeChecked();
    expect(".o_selection_box").toHaveText(/1/);
    expect.verifySteps(["web_search_read"]);
});

test("a new record appears where the server says, with the right count", async () => {
    await mountList({domain: [["name", "!=", "hidden"]]});
    const rows = document.querySelectorAll(".o_data_row");
    const [id] = db().create([{name: "fourth"}]);
    const [hidden] = db().create([{name: "hidden"}]);
    await tell({create: [id, hidden]});
    await settle();
    expect(".o_data_row").toHaveCount(4);
    expect(cell(3, "name")).toHaveText("fourth");
    expect([...document.querySelectorAll(".o_data_row")].slice(0, 3)).toEqual([
        ...rows,
    ]);
    expect.verifySteps(["web_search_read"]);
});

test("the pager counts what is on other pages too", async () => {
    await mountList({limit: 2, searchViewArch: "<search/>"});
    expect(pager).toHaveText("1-2");
    expect(".o_pager_limit").toHaveText("3");
    const [id] = db().create([{name: "fourth"}]);
    await tell({create: [id]});
    await settle();
    expect(".o_data_row").toHaveCount(2);
    expect(".o_pager_limit").toHaveText("4");
    db().unlink([1]);
    await tell({unlink: [1]});
    await settle();
    expect(cell(1, "name")).toHaveText("third");
    expect(".o_pager_limit").toHaveText("3");
    expect.verifySteps(["web_search_read", "web_search_read"]);
});

test("deleted and no longer readable records leave at once, counts right", async () => {
    await mountList();
    await tell({unlink: [2], leave: [3]});
    expect(".o_data_row").toHaveCount(1);
    expect(cell(0, "name")).toHaveText("first");
    await settle();
    expect.verifySteps([]);
});

test("a deleted row in edition stays, marked, until it is left", async () => {
    await mountList();
    await contains(cell(1, "name")).click();
    await tell({unlink: [2]});
    expect(".o_data_row").toHaveCount(3);
    expect(".o_data_row.o_amanat_gone").toHaveCount(1);
    expect(".o_data_row.o_amanat_gone").toHaveAttribute(
        "title",
        "This record was deleted by John"
    );
    await contains(".o_list_button_discard").click();
    queryOne(".o_searchview_input").focus();
    await settle();
    expect(".o_data_row").toHaveCount(2);
    expect.verifySteps([]);
});

test("saving a deleted row says so and loses nothing", async () => {
    await mountList();
    await contains(cell(1, "name")).click();
    await contains(`.o_selected_row [name=name] input`).edit("mine", {confirm: false});
    await tell({unlink: [2]});
    await contains(".o_list_button_save").click();
    expect(".o_notification:not(.o_amanat_gone_row_notice)").toHaveText(
        "This record was deleted by John"
    );
    expect(`.o_selected_row [name=name] input`).toHaveValue("mine");
    expect.verifySteps([]);
});

test("an update that takes a record out of the domain removes it", async () => {
    await mountList({domain: [["state", "=", "draft"]]});
    expect(".o_data_row").toHaveCount(2);
    await tellChange(2, "state", "draft", "done");
    expect(".o_data_row").toHaveCount(1);
    await settle();
    expect.verifySteps([]);
});

test("an update brings a record in only if it may concern the domain", async () => {
    await mountList({domain: [["state", "=", "draft"]]});
    await tellChange(3, "name", "third", "renamed");
    await settle();
    expect.verifySteps([]);
    await tellChange(3, "state", "done", "draft");
    await settle();
    expect(".o_data_row").toHaveCount(3);
    expect(cell(2, "name")).toHaveText("renamed");
    expect.verifySteps(["web_search_read"]);
});

test("a change of the sorted column moves the row, except in edition", async () => {
    await mountList({orderBy: [{name: "quantity", asc: true}]});
    await contains(cell(0, "name")).click();
    const input = queryOne(`.o_selected_row [name=name] input`);
    db().write([1], {quantity: 99});
    db().write([2], {quantity: 50});
    await tell({
        update: [
            {ids: [1], diff: {quantity: [1, 99]}},
            {ids: [2], diff: {quantity: [2, 50]}},
        ],
    });
    await settle();
    expect(input).toBeFocused();
    expect(`.o_selected_row [name=quantity] input`).toHaveValue("99");
    expect(".o_data_row:eq(0)").toHaveClass("o_selected_row");
    expect(queryAllTexts(".o_data_row:not(.o_selected_row) [name=name]")).toEqual([
        "third",
        "second",
    ]);
    expect.verifySteps(["web_search_read"]);
});

test("refresh reads the page once", async () => {
    await mountList();
    db().write([2], {name: "changed in bulk"});
    db().unlink([3]);
    await tell({refresh: true});
    await advanceTime(2100);
    await settle();
    expect(cell(1, "name")).toHaveText("changed in bulk");
    expect(".o_data_row").toHaveCount(2);
    expect.verifySteps(["web_search_read"]);
});

test("the row after a page comes in while the one that left still fades", async () => {
    stopClock();
    patchWithCleanup(browser, {matchMedia: () => ({matches: false})});
    await mountList({limit: 2, searchViewArch: "<search/>"});
    db().unlink([1]);
    await tell({unlink: [1]});
    expect(".o_data_row.o_amanat_leaving").toHaveCount(1);
    await settle();
    await advanceTime(LEAVING_DURATION);
    await settle();
    expect(queryAllTexts(".o_data_row [name=name]")).toEqual(["second", "third"]);
    expect(pager).toHaveText("1-2");
    expect(".o_pager_limit").toHaveText("2");
    expect.verifySteps(["web_search_read"]);
});

test("what comes back while it fades is counted again", async () => {
    patchWithCleanup(browser, {matchMedia: () => ({matches: false})});
    await mountList({searchViewArch: "<search/>"});
    await tell({leave: [2]});
    expect(".o_pager_limit").toHaveText("2");
    await tell({enter: [2]});
    await settle();
    await advanceTime(LEAVING_DURATION);
    expect(".o_data_row").toHaveCount(3);
    expect(".o_data_row.o_amanat_leaving").toHaveCount(0);
    expect(".o_pager_limit").toHaveText("3");
    expect.verifySteps(["web_search_read"]);
});

test("a row left after a change of order finds its place, however it is left", async () => {
    await mountList({orderBy: [{name: "quantity", asc: true}]});
    await contains(cell(0, "name")).click();
    await tellChange(1, "quantity", 1, 99);
    await settle();
    expect(".o_data_row:eq(0)").toHaveClass("o_selected_row");
    expect.verifySteps(["web_search_read"]);
    await contains(".o_list_button_discard").click();
    await settle();
    expect(queryAllTexts(".o_data_row [name=name]")).toEqual([
        "second",
        "third",
        "first",
    ]);
    expect.verifySteps(["web_search_read"]);
});

test("a row that is kept goes once its save is answered", async () => {
    const saved = new Deferred();
    onRpc("test.sheet", "web_save", async ({parent}) => {
        await saved;
        return parent();
    });
    await mountList({domain: [["state", "=", "draft"]]});
    await contains(cell(1, "name")).click();
    await contains(`.o_selected_row [name=name] input`).edit("mine", {confirm: false});
    await tellChange(2, "state", "draft", "done");
    expect(".o_data_row.o_amanat_gone").toHaveCount(1);
    await contains(".o_list_button_save").click();
    await settle();
    expect(".o_data_row.o_amanat_gone").toHaveCount(1);
    saved.resolve();
    await settle();
    await settle();
    expect(queryAllTexts(".o_data_row [name=name]")).toEqual(["first"]);
    // A kept row may have a place elsewhere, so it is looked for.
    expect.verifySteps(["web_save", "web_search_read"]);
});

test("a row that no longer matches, then is deleted, says so", async () => {
    await mountList({domain: [["state", "=", "draft"]]});
    await contains(".o_data_row:eq(1) .o_list_record_selector input").click();
    await tellChange(2, "state", "draft", "done");
    expect(".o_data_row:eq(1)").toHaveAttribute("title", /no longer matches/);
    await tell({unlink: [2]});
    expect(".o_data_row:eq(1)").toHaveAttribute(
        "title",
        "This record was deleted by John"
    );
});

describe("the row in edition, in the middle of a sorted list", () => {
    async function typeInTheMiddle() {
        await mountList({orderBy: [{name: "quantity", asc: true}]});
        await contains(cell(1, "name")).click();
        const input = queryOne(`.o_selected_row [name=name] input`);
        await contains(input).edit("typed", {confirm: false});
        return input;
    }

    const names = () => queryAllTexts(".o_data_row:not(.o_selected_row) [name=name]");

    /** OWL draws once per frame. */
    async function draw() {
        for (let frame = 0; frame < 8; frame++) {
            await animationFrame();
        }
    }

    test("keeps the focus when the rows around it go", async () => {
        const input = await typeInTheMiddle();
        db().unlink([1, 3]);
        await tell({unlink: [1, 3]});
        await draw();
        expect(names()).toEqual([]);
        expect(input).toBeFocused();
        expect(input).toHaveValue("typed");
        expect.verifySteps([]);
    });

    test("keeps the focus when rows around it go one after another", async () => {
        patchWithCleanup(browser, {matchMedia: () => ({matches: false})});
        const input = await typeInTheMiddle();
        db().unlink([1, 3]);
        await tell({unlink: [1, 3]});
        expect(".o_amanat_leaving").toHaveCount(2);
        await advanceTime(LEAVING_DURATION);
        await draw();
        expect(names()).toEqual([]);
        expect(input).toBeFocused();
    });

    test("keeps the focus when a row goes above and one comes below", async () => {
        const input = await typeInTheMiddle();
        db().unlink([1]);
        const [id] = db().create([{name: "new", quantity: 9}]);
        await tell({unlink: [1], create: [id]});
        await settle();
        await draw();
        expect(names()).toEqual(["third", "new"]);
        expect(input).toBeFocused();
        expect.verifySteps(["web_search_read"]);
    });

    test("keeps the focus when rows change sides", async () => {
        const input = await typeInTheMiddle();
        db().write([1], {quantity: 9});
        db().write([3], {quantity: 0});
        await tell({
            update: [
                {ids: [1], diff: {quantity: [1, 9]}},
                {ids: [3], diff: {quantity: [3, 0]}},
            ],
        });
        await settle();
        await draw();
        expect(names()).toEqual(["third", "first"]);
        expect(input).toBeFocused();
        expect(input).toHaveValue("typed");
        expect.verifySteps(["web_search_read"]);
    });
});
