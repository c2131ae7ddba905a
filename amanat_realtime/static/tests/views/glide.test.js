// Promise: what somebody else moves glides from its old place to the new one, briefly,
// only where people look, and never against what they do or want.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryOne, queryRect} from "@odoo/hoot-dom";
import {animationFrame, mockMatchMedia} from "@odoo/hoot-mock";
import {
    contains,
    MockServer,
    mountView,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {AnimatedNumber} from "@web/views/view_components/animated_number";
import {GLIDE_DURATION, MAX_GLIDES} from "@amanat_realtime/views/glide";
import {
    defineLiveModels,
    makeLive,
    settle,
    Sheet,
    stepCalls,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const NAMES = ["one", "two", "three", "four"];
const KANBAN = `
    <kanban default_order="rank">
        <field name="rank"/>
        <templates><t t-name="card"><field name="name"/></t></templates>
    </kanban>`;
const LIST = `<list default_order="rank"><field name="rank"/><field name="name"/></list>`;
const card = (name) => `.o_kanban_record:contains(${name})`;
const row = (name) => `.o_data_row:contains(${name})`;

/** @type {{el: HTMLElement, frames: object[], options: object}[]} */
let animations = [];

const db = () => MockServer.env["test.sheet"];
const glides = () => animations.filter(({frames}) => "transform" in frames[0]);
const textOf = ({el}) => NAMES.find((name) => el.textContent.includes(name));

beforeEach(() => {
    mockMatchMedia({"prefers-reduced-motion": "no-preference"});
    makeLive(["test.sheet"], {toasts: false});
    Sheet._records = NAMES.map((name, i) => ({
        id: i + 1,
        name,
        rank: (i + 1) * 10,
        state: i < 2 ? "draft" : "done",
    }));
    animations = [];
    const {animate} = Element.prototype;
    patchWithCleanup(AnimatedNumber, {enableAnimations: false});
    patchWithCleanup(Element.prototype, {
        animate(frames, options) {
            if (this.matches(".o_data_row, .o_kanban_record")) {
                animations.push({el: this, frames, options});
            }
            const animation = animate.call(this, frames, options);
            // it would end while a busy machine is at other things
            animation.pause();
            return animation;
        },
    });
});

async function mount(type, arch, groupBy = []) {
    await mountView({type, resModel: "test.sheet", arch, groupBy});
    await subscribed();
}

/** Record `id` gets another place. */
async function tellRank(id, from, to) {
    db().write([id], {rank: to});
    await tell({update: [{ids: [id], diff: {rank: [from, to]}}]});
    await settle();
}

test("a card glides to another column", async () => {
    await mount("kanban", KANBAN, ["state"]);
    const from = queryRect(card("one"));
    await tellChange(1, "state", "draft", "done");
    await settle();
    const glide = glides().find((animation) => textOf(animation) === "one");
    expect(glide.el).toBe(queryOne(card("one")));
    expect(glide.el).toHaveClass("o_amanat_gliding");
    expect(glide.options.duration).toBe(GLIDE_DURATION);
    const [first, last] = glide.frames;
    expect(last.transform).toBe("none");
    // The others make room.
    expect(glides().map(textOf).sort()).toEqual(["four", "one", "three", "two"]);
    expect(first.zIndex).toBe("1");
    expect(glides().find((a) => textOf(a) === "two").frames[0].zIndex).toBe("0");
    document.getAnimations().forEach((animation) => animation.finish());
    await animationFrame();
    expect(".o_amanat_gliding").toHaveCount(0);
    // It was there from the first moment on; what was drawn came from the old place.
    const to = queryRect(card("one"));
    const way = [from.left - to.left, from.top - to.top].map((px) => `${px}px`);
    expect(first.transform).toBe(`translate(${way.join(", ")})`);
});

test("rows of a list change places", async () => {
    await mount("list", LIST);
    await tellRank(1, 10, 25);
    expect(glides().map(textOf)).toEqual(["two", "one"]);
});

test("what arrives fades in, and the rest makes room", async () => {
    await mount("list", LIST);
    const [id] = db().create([{name: "new", rank: 25}]);
    await tell({create: [id]});
    await settle();
    expect(glides().map(textOf)).toEqual(["three", "four"]);
    const [fade] = animations.filter(({frames}) => "opacity" in frames[0]);
    expect(fade.el).toBe(queryOne(row("new")));
});

test("nothing glides for who wants no motion", async () => {
    mockMatchMedia({"prefers-reduced-motion": "reduce"});
    await mount("list", LIST);
    await tellRank(1, 10, 25);
    expect(".o_data_row:eq(1)").toHaveText(/one/);
    expect(animations).toEqual([]);
});

test("what the person does ends a glide at once", async () => {
    await mount("list", LIST);
    await tellRank(1, 10, 25);
    expect(".o_amanat_gliding").toHaveCount(2);
    await press("ArrowDown");
    expect(".o_amanat_gliding").toHaveCount(0);
    expect(queryOne(row("one")).getAnimations()).toEqual([]);
});

test("what the person moves does not glide", async () => {
    await mount("kanban", KANBAN, ["state"]);
    await contains(card("one")).dragAndDrop(card("three"));
    await animationFrame();
    await contains(".o_searchview_input").click();
    expect(animations).toEqual([]);
});

test("what the person moves does not glide after a read that moved nothing", async () => {
    await mountView({
        type: "kanban",
        resModel: "test.sheet",
        arch: KANBAN,
        groupBy: ["state"],
        domain: [["rank", "<", 50]],
    });
    await subscribed();
    stepCalls();
    const [id] = db().create([{name: "five", rank: 50}]);
    await tell({create: [id]});
    await settle();
    expect.verifySteps(["web_read_group"]);
    await contains(card("one")).dragAndDrop(card("three"));
    await animationFrame();
    await settle();
    expect(".o_kanban_group:eq(1) .o_kanban_record").toHaveCount(3);
    expect.verifySteps(["web_save"]);
    expect(animations).toEqual([]);
});

test("values that change in place make nothing glide", async () => {
    await mount("list", LIST);
    await tellChange(1, "name", "one", "one!");
    await settle();
    expect(animations).toEqual([]);
});

test("of too much at once, nothing glides", async () => {
    const count = MAX_GLIDES + 10;
    Sheet._records = Array.from({length: count}, (_, i) => ({
        id: i + 1,
        name: `one ${i}`,
        rank: i,
    }));
    // So small that all of them are on the screen.
    const style = document.createElement("style");
    style.textContent = ".o_data_row {display: block; height: 2px; overflow: hidden}";
    await mount("list", LIST);
    queryOne(".o_list_renderer").append(style);
    await tellRank(1, 0, 1000);
    expect(".o_data_row").toHaveCount(count);
    expect(".o_data_row:last").toHaveText(/one 0/);
    expect(animations).toEqual([]);
});

test("nothing glides under what the person drags", async () => {
    await mount("list", LIST);
    const ghost = document.createElement("div");
    ghost.className = "o_dragged";
    document.body.append(ghost);
    db().unlink([2]);
    await tell({unlink: [2]});
    await animationFrame();
    // The drag itself makes room among the rows.
    queryOne(row("three")).style.height = "80px";
    await tellChange(4, "name", "four", "four!");
    await animationFrame();
    ghost.remove();
    expect(glides()).toEqual([]);
});
