// Promise: whatever others change while somebody drags, nothing moves under the pointer,
// what is dropped lands where it was dropped, and all that had to wait shows afterwards.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    getKanbanCounters,
    makeServerError,
    MockServer,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {AnimatedNumber} from "@web/views/view_components/animated_number";
import {
    cell,
    defineLiveModels,
    JOHN,
    makeLive,
    settle,
    Sheet,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const NAMES = ["one", "two", "three", "four", "five", "six"];

beforeEach(() => {
    makeLive(["test.sheet"], {toasts: false});
    patchWithCleanup(AnimatedNumber, {enableAnimations: false});
    Sheet._records = NAMES.map((name, i) => ({
        id: i + 1,
        name,
        rank: (i + 1) * 10,
        state: i < 3 ? "draft" : "done",
        partner_id: i < 3 ? 1 : 2,
    }));
});

const db = () => MockServer.env["test.sheet"];

const KANBAN = `
    <kanban default_order="rank">
        <field name="rank" widget="handle"/>
        <field name="state"/>
        <progressbar field="state" colors='{"draft": "info", "done": "success"}'/>
        <templates><t t-name="card"><field name="name"/></t></templates>
    </kanban>`;
const LIST = `
    <list default_order="rank">
        <field name="rank" widget="handle"/><field name="name"/>
    </list>`;

async function mountBoard(groupBy = ["state"]) {
    await mountView({type: "kanban", resModel: "test.sheet", arch: KANBAN, groupBy});
    await subscribed();
}

const card = (name) => `.o_kanban_record:contains(${name}):not(.o_dragged)`;
const column = (index) =>
    queryAllTexts(
        `.o_kanban_group:eq(${index}) .o_kanban_record:not(.o_kanban_ghost)`
    ).map((text) => text.split("\n")[0]);
const rows = () => queryAllTexts(".o_data_row [name=name]");
const order = () =>
    [...db()].sort((a, b) => a.rank - b.rank || a.id - b.id).map(({name}) => name);

async function startDrag(name, over) {
    const drag = await contains(card(name)).drag();
    await drag.moveTo(card(over));
    return drag;
}

async function afterDrop() {
    await animationFrame();
    await settle();
    await settle();
    await animationFrame();
}

test("a drag is not disturbed, and everything shows after it", async () => {
    await mountBoard();
    const {drop} = await startDrag("one", "five");
    db().unlink([4]);
    await tell({unlink: [4], update: [{ids: [2], diff: {name: ["two", "TWO"]}}]});
    db().write([2], {name: "TWO"});
    await tellChange(3, "state", "draft", "done");
    await settle();
    expect(column(0)).toEqual(["one", "TWO", "three"]);
    expect(".o_kanban_group:eq(1) .o_kanban_record").toHaveCount(4);
    await drop();
    await afterDrop();
    expect(column(0)).toEqual(["TWO"]);
    expect(column(1)).toEqual(["one", "three", "five", "six"].sort(byOrder));
    expect(getKanbanCounters()).toEqual(["1", "4"]);
    expect(".o_notification").toHaveCount(0);
});

/** As the database has them. */
function byOrder(a, b) {
    return order().indexOf(a) - order().indexOf(b);
}

test("it lands after the card that it was dropped after, wherever that is now", async () => {
    await mountBoard();
    const {drop} = await startDrag("one", "five");
    db().write([4], {rank: 55});
    await tell({update: [{ids: [4], diff: {rank: [40, 55]}}]});
    await drop();
    await afterDrop();
    expect(column(1)).toEqual(["five", "four", "one", "six"]);
    expect(column(1)).toEqual(["one", "four", "five", "six"].sort(byOrder));
});

test("it lands after the nearest card that is left", async () => {
    await mountBoard();
    const {drop} = await startDrag("one", "six");
    await tellChange(5, "state", "done", "draft");
    await drop();
    await afterDrop();
    expect(column(0)).toEqual(["two", "three", "five"]);
    expect(column(1)).toEqual(["four", "one", "six"]);
});

test("the order that somebody else gave meanwhile is kept", async () => {
    await mountBoard();
    const {drop} = await startDrag("one", "three");
    db().write([3], {rank: 5});
    await tell({update: [{ids: [3], diff: {rank: [30, 5]}}]});
    await drop();
    await afterDrop();
    expect(column(0)).toEqual(["three", "one", "two"]);
    expect(order().slice(0, 3)).toEqual(["three", "one", "two"]);
});

test("a card that is in several columns is moved in the one where it was dragged", async () => {
    Sheet._records.forEach((record, i) => (record.partner_ids = i ? [2] : [1, 2]));
    await mountBoard(["partner_ids"]);
    expect(column(1).slice(0, 3)).toEqual(["one", "two", "three"]);
    const inSecond = ".o_kanban_group:eq(1) .o_kanban_record";
    await contains(`${inSecond}:eq(0)`).dragAndDrop(`${inSecond}:eq(2)`);
    await afterDrop();
    expect(".o_notification").toHaveCount(0);
    expect(column(1).slice(0, 3)).toEqual(["two", "three", "one"]);
    expect(order().slice(0, 3)).toEqual(["two", "three", "one"]);
});

test("a dragged card that was deleted is told of, and goes", async () => {
    onRpc("test.sheet", "web_save", () => expect.step("web_save"));
    await mountBoard();
    const {drop} = await startDrag("one", "five");
    db().unlink([1]);
    await tell({unlink: [1]});
    await settle();
    expect(".o_dragged").toHaveCount(1);
    await drop();
    await afterDrop();
    expect(".o_notification").toHaveText(
        /one could not be moved\. This record was deleted by John/
    );
    expect(column(0)).toEqual(["two", "three"]);
    expect(column(1)).toEqual(["four", "five", "six"]);
    expect(getKanbanCounters()).toEqual(["2", "3"]);
    expect.verifySteps([]);
});

test("a dragged card that was deleted unheard of goes when it is let go of", async () => {
    onRpc("test.sheet", "web_save", () => {
        throw makeServerError({type: "MissingError", message: "no such record"});
    });
    await mountBoard();
    const {drop} = await startDrag("one", "five");
    db().unlink([1]);
    await drop();
    await afterDrop();
    expect(".o_notification").toHaveText(
        /one could not be moved\. This record was deleted/
    );
    expect(column(0)).toEqual(["two", "three"]);
    expect(column(1)).toEqual(["four", "five", "six"]);
    expect(getKanbanCounters()).toEqual(["2", "3"]);
});

test("a card that somebody else moved to a third column is asked about", async () => {
    const bases = [];
    onRpc("test.sheet", "web_save", ({kwargs}) => {
        bases.push(kwargs.context.amanat_realtime_base);
    });
    await mountBoard();
    const {drop} = await startDrag("one", "five");
    await tellChange(1, "state", "draft", "blocked");
    await drop();
    await afterDrop();
    // Not where it is now: the server sees that it is not where the person saw it.
    expect(bases).toEqual([{1: {state: "draft"}}]);
});

test("a card that somebody else moved to the same column is put in its place", async () => {
    onRpc("test.sheet", "web_save", () => expect.step("web_save"));
    await mountBoard();
    const {drop} = await startDrag("one", "six");
    await tellChange(1, "state", "draft", "done");
    await drop();
    await afterDrop();
    expect(column(0)).toEqual(["two", "three"]);
    expect(column(1)).toEqual(["four", "five", "one", "six"]);
    expect.verifySteps([]);
});

test("a card dragged inside of its column stays where somebody else moved it", async () => {
    onRpc("test.sheet", "web_resequence", () => expect.step("web_resequence"));
    await mountBoard();
    const {drop} = await startDrag("one", "three");
    await tellChange(1, "state", "draft", "done");
    await drop();
    await afterDrop();
    expect(column(0)).toEqual(["two", "three"]);
    expect(column(1)).toEqual(["one", "four", "five", "six"]);
    expect(".o_notification").toHaveText(/Somebody moved one to another column/);
    expect.verifySteps([]);
});

test("a column that was emptied meanwhile takes the card", async () => {
    await mountBoard(["partner_id"]);
    const {drop} = await startDrag("one", "five");
    db().write([4, 5, 6], {partner_id: 1});
    await tell({
        update: [
            {
                ids: [4, 5, 6],
                diff: {
                    partner_id: [
                        {id: 2, display_name: "Gemini"},
                        {id: 1, display_name: "Azure"},
                    ],
                },
            },
        ],
    });
    await drop();
    await afterDrop();
    expect(column(0)).toEqual(["two", "three", "four", "five", "six"]);
    expect(column(1)).toEqual(["one"]);
    expect(db().browse([1])[0].partner_id).toBe(2);
});

test("what comes while a drop is being saved does not undo it", async () => {
    const answer = new Deferred();
    onRpc("test.sheet", "web_resequence", () => answer);
    await mountBoard();
    const {drop} = await startDrag("one", "three");
    await drop();
    await animationFrame();
    expect(column(0)).toEqual(["two", "three", "one"]);
    const [id] = db().create([{name: "new", rank: 1, state: "draft"}]);
    await tell({create: [id]});
    await settle();
    expect(column(0)).toEqual(["two", "three", "one"]);
    answer.resolve();
    await advanceTime(300);
    await afterDrop();
    expect(column(0)).toEqual(["new", "two", "three", "one"]);
    expect(column(0)).toEqual(["one", "two", "three", "new"].sort(byOrder));
});

test("Escape ends a drag: what had to wait shows", async () => {
    await mountBoard();
    const {cancel} = await startDrag("one", "five");
    db().unlink([2]);
    await tell({unlink: [2]});
    expect(column(0)).toEqual(["one", "two", "three"]);
    await cancel();
    await afterDrop();
    expect(column(0)).toEqual(["one", "three"]);
});

test("a drag of nobody else's concern is the core's own", async () => {
    await mountBoard();
    onRpc("test.sheet", "*", ({method}) => expect.step(method));
    const {drop} = await startDrag("one", "five");
    await drop();
    await animationFrame();
    expect(column(1)).toEqual(["four", "one", "five", "six"]);
    expect.verifySteps(["web_save", "read_progress_bar", "web_resequence"]);
});

test("another person's order shows in columns and lists", async () => {
    await mountBoard();
    db().write([1], {rank: 25});
    await tell({update: [{ids: [1], diff: {rank: [10, 25]}}]});
    await settle();
    expect(column(0)).toEqual(["two", "one", "three"]);
});

test("rows dragged by their handle land after their neighbour too", async () => {
    await mountView({type: "list", resModel: "test.sheet", arch: LIST});
    await subscribed();
    const {moveTo, drop} = await contains(".o_data_row:eq(0) .o_row_handle", {
        visible: false,
    }).drag();
    await moveTo(".o_data_row:contains(three)");
    db().write([3], {rank: 55});
    db().unlink([2]);
    await tell({update: [{ids: [3], diff: {rank: [30, 55]}}], unlink: [2]});
    expect(".o_data_row:contains(two)").toHaveCount(1);
    await drop();
    await afterDrop();
    expect(rows()).toEqual(["four", "five", "three", "one", "six"]);
    expect(order()).toEqual(["four", "five", "three", "one", "six"]);
});

test("a dragged row that was deleted is told of", async () => {
    await mountView({type: "list", resModel: "test.sheet", arch: LIST});
    await subscribed();
    const {moveTo, drop} = await contains(".o_data_row:eq(0) .o_row_handle", {
        visible: false,
    }).drag();
    await moveTo(".o_data_row:contains(three)");
    db().unlink([1]);
    await tell({unlink: [1]});
    await drop();
    await afterDrop();
    expect(".o_notification").toHaveText(/one could not be moved/);
    expect(rows()).toEqual(["two", "three", "four", "five", "six"]);
});

test("the order of rows that are only still shown is not saved", async () => {
    const saved = [];
    onRpc("test.sheet", "web_resequence", ({args}) => {
        saved.push(args[0]);
    });
    await mountView({type: "list", resModel: "test.sheet", arch: LIST});
    await subscribed();
    await contains(".o_data_row:eq(1) .o_list_record_selector input").click();
    db().unlink([2]);
    await tell({unlink: [2], by: JOHN});
    expect(".o_data_row.o_amanat_gone").toHaveCount(1);
    await contains(".o_data_row:eq(0) .o_row_handle", {visible: false}).dragAndDrop(
        ".o_data_row:contains(four)"
    );
    await afterDrop();
    expect(saved).toEqual([[3, 4, 1]]);
    expect(cell(0, "name")).toHaveText("two");
});

test("a column that is dragged takes its place, whatever comes meanwhile", async () => {
    onRpc("test.partner", "web_resequence", ({args}) => {
        expect.step(args[0]);
    });
    await mountBoard(["partner_id"]);
    const [first, second] = queryAll(".o_column_title");
    const drag = await contains(first).drag();
    await drag.moveTo(second);
    db().unlink([4]);
    await tell({unlink: [4]});
    await drag.drop();
    await afterDrop();
    expect.verifySteps([[2, 1]]);
    expect(getKanbanCounters().sort()).toEqual(["2", "3"]);
});
