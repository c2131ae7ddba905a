// Promise: who wants it has rows stay in place while the mouse rests on them: cells
// change, the rest waits, is counted, and is applied on demand or when the mouse leaves.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {hover, press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, mockMatchMedia} from "@odoo/hoot-mock";
import {
    contains,
    MockServer,
    mountView,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {UserMenu} from "@web/webclient/user_menu/user_menu";
import {AnimatedNumber} from "@web/views/view_components/animated_number";
import {session} from "@web/session";
import {LEAVING_DURATION} from "@amanat_realtime/views/highlight";
import {
    cell,
    defineLiveModels,
    makeLive,
    pager,
    settle,
    Sheet,
    stepCalls,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const PILL = ".o_amanat_held_updates button";
const LIST = `<list default_order="rank"><field name="rank"/><field name="name"/></list>`;
const KANBAN = `
    <kanban>
        <field name="state"/>
        <templates><t t-name="card"><field name="name"/></t></templates>
    </kanban>`;

beforeEach(() => {
    makeLive(["test.sheet"], {toasts: false, hold: true});
    patchWithCleanup(AnimatedNumber, {enableAnimations: false});
    Sheet._records.forEach((record, i) => (record.rank = (i + 1) * 10));
});

const db = () => MockServer.env["test.sheet"];
const names = () => queryAllTexts(".o_data_row [name=name]");

async function mountList(arch = LIST) {
    await mountView({type: "list", resModel: "test.sheet", arch});
    await subscribed();
}

async function tellRank(id, from, to) {
    db().write([id], {rank: to});
    await tell({update: [{ids: [id], diff: {rank: [from, to]}}]});
    await settle();
}

async function applied() {
    await animationFrame();
    await settle();
    await animationFrame();
}

test("rows wait, cells do not; a click on the pill shows what waits", async () => {
    await mountList();
    stepCalls();
    await hover(".o_data_row:eq(1)");
    await tellRank(1, 10, 25);
    await tellChange(2, "name", "second", "SECOND");
    const [id] = db().create([{name: "new", rank: 5}]);
    await tell({create: [id]});
    db().unlink([3]);
    await tell({unlink: [3]});
    await settle();
    expect(names()).toEqual(["first", "SECOND", "third"]);
    expect(cell(0, "rank")).toHaveText("25");
    expect(".o_data_row:eq(2)").toHaveClass("o_amanat_gone");
    expect(PILL).toHaveText("3 updates");
    expect(queryOne(PILL).closest("[aria-live=polite]")).not.toBe(null);
    expect.verifySteps([]);
    await contains(PILL).click();
    await applied();
    expect(names()).toEqual(["new", "SECOND", "first"]);
    expect(PILL).toHaveCount(0);
    expect.verifySteps(["web_search_read"]);
});

test("rows that a click on the pill sends away do not wait again", async () => {
    mockMatchMedia({"prefers-reduced-motion": "no-preference"});
    await mountList();
    await hover(".o_data_row:eq(1)");
    db().unlink([3]);
    await tell({refresh: true});
    await advanceTime(2500);
    expect(PILL).toHaveText("Updates");
    await contains(PILL).click();
    await applied();
    await hover(".o_data_row:eq(1)");
    await advanceTime(LEAVING_DURATION);
    await applied();
    expect(names()).toEqual(["first", "second"]);
    expect(PILL).toHaveCount(0);
});

test("beside a search panel, the pill takes no room either", async () => {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: LIST,
        searchViewArch: `
            <search><searchpanel><field name="state"/></searchpanel></search>`,
    });
    await subscribed();
    const place = () => {
        const {left, right, top} =
            queryOne(".o_data_row:eq(0)").getBoundingClientRect();
        return [left, right, top];
    };
    const before = place();
    await hover(".o_data_row:eq(1)");
    await tellRank(1, 10, 25);
    expect(PILL).toHaveCount(1);
    expect(place()).toEqual(before);
});

test("the pill works with the keyboard, too", async () => {
    await mountList();
    await hover(".o_data_row:eq(1)");
    await tellRank(1, 10, 25);
    expect(PILL).toHaveText("1 update");
    queryOne(PILL).focus();
    await press("Enter");
    await applied();
    expect(names()).toEqual(["second", "first", "third"]);
});

test("the mouse leaves: everything shows", async () => {
    await mountList();
    await hover(".o_data_row:eq(1)");
    await tellRank(1, 10, 25);
    db().unlink([3]);
    await tell({unlink: [3]});
    await hover(".o_searchview_input");
    await applied();
    expect(names()).toEqual(["second", "first"]);
    expect(PILL).toHaveCount(0);
    expect(pager).toHaveText("1-2");
});

test("on the pill, or beside the rows, the mouse has not left", async () => {
    await mountList();
    await hover(".o_data_row:eq(1)");
    await tellRank(1, 10, 25);
    await hover(PILL);
    await hover(".o_list_renderer thead th:eq(1)");
    await advanceTime(1000);
    expect(names()).toEqual(["first", "second", "third"]);
    expect(PILL).toHaveCount(1);
});

test("nobody knows how many records a bulk change is about", async () => {
    await mountList();
    await hover(".o_data_row:eq(1)");
    await tellRank(1, 10, 25);
    await tell({refresh: true});
    await advanceTime(2500);
    expect(PILL).toHaveText("Updates");
});

test("values that have to be read are read, and shown", async () => {
    await mountList();
    stepCalls();
    await hover(".o_data_row:eq(1)");
    await tellRank(1, 10, 25);
    db().write([2], {name: "SECOND"});
    await tell({update: [{ids: [2], diff: {}, stale: ["name"]}]});
    await settle();
    expect(names()).toEqual(["first", "SECOND", "third"]);
    expect(PILL).toHaveText("1 update");
    expect.verifySteps(["web_search_read"]);
});

test("cards of a board wait as well", async () => {
    await mountView({
        type: "kanban",
        resModel: "test.sheet",
        arch: KANBAN,
        groupBy: ["state"],
    });
    await subscribed();
    await hover(".o_kanban_record:eq(0)");
    await tellChange(1, "state", "draft", "done");
    await settle();
    expect(".o_kanban_group:eq(0) .o_kanban_record").toHaveCount(2);
    expect(PILL).toHaveText("1 update");
    await contains(PILL).click();
    await applied();
    expect(".o_kanban_group:eq(0) .o_kanban_record").toHaveCount(1);
    expect(".o_kanban_group:eq(1) .o_kanban_record").toHaveCount(2);
});

test("nothing waits for a finger", async () => {
    await mountList();
    queryOne(".o_data_row:eq(1) td:eq(1)").dispatchEvent(
        new PointerEvent("pointerover", {bubbles: true, pointerType: "touch"})
    );
    await tellRank(1, 10, 25);
    expect(names()).toEqual(["second", "first", "third"]);
});

test("nothing waits for who does not want it", async () => {
    makeLive(["test.sheet"], {toasts: false});
    await mountList();
    await hover(".o_data_row:eq(1)");
    await tellRank(1, 10, 25);
    expect(names()).toEqual(["second", "first", "third"]);
    expect(PILL).toHaveCount(0);
});

test("what waits outlives a change of the view", async () => {
    await mountList();
    await hover(".o_data_row:eq(1)");
    await tellRank(1, 10, 25);
    await contains(".o_column_sortable[data-name=name]").click();
    await animationFrame();
    await hover(".o_searchview_input");
    await applied();
    expect(names()).toEqual(["first", "second", "third"]);
});

test("lists that are not live have no pill", async () => {
    makeLive([], {hold: true});
    await mountView({type: "list", resModel: "test.sheet", arch: LIST});
    expect(".o_amanat_held_updates").toHaveCount(0);
});

test("it is switched in the menu of the person", async () => {
    onRpc("res.users", "write", ({args}) => {
        expect.step(args[1]);
        return true;
    });
    makeLive(["test.sheet"]);
    await mountWithCleanup(UserMenu);
    const item = "[data-menu=amanat_realtime_hold]";
    await contains("button.dropdown-toggle").click();
    expect(`${item} input`).not.toBeChecked();
    await contains(item).click();
    await contains("button.dropdown-toggle").click();
    expect(`${item} input`).toBeChecked();
    expect(session.amanat_realtime.hold).toBe(true);
    expect.verifySteps([{amanat_realtime_hold: true}]);
});
