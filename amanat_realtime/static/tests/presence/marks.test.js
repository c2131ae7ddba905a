// Promise: rows, cards and cells say who is in them, also after they are drawn again, and
// nothing but attributes of theirs changes.
import {describe, expect, test} from "@odoo/hoot";
import {queryAllAttributes, queryFirst, queryOne} from "@odoo/hoot-dom";
import {contains, mountView} from "@web/../tests/web_test_helpers";
import {authorHue} from "@amanat_realtime/core/author_color";
import {
    cell,
    defineLiveModels,
    settle,
    tell,
    tellChange,
} from "../realtime_test_helpers";
import {
    at,
    connected,
    IVAN,
    makePresent,
    MARIA,
    MODEL,
    tellPresence,
} from "./presence_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const LIST = `<list editable="top"><field name="name"/><field name="quantity"/></list>`;
const KANBAN = `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`;
const row = (index) => `.o_data_row:eq(${index})`;
const hueOf = (selector) =>
    getComputedStyle(queryFirst(selector)).getPropertyValue("--amanat-person-hue");

async function mountPresent(type, arch, params = {}) {
    makePresent();
    await mountView({type, resModel: MODEL, arch, ...params});
    await connected();
}

test("the row that is open elsewhere, and the cell that is edited", async () => {
    await mountPresent("list", LIST);
    await tellPresence(IVAN, [at("editing", {id: 2, field: "quantity", typing: true})]);
    expect(row(1)).toHaveAttribute("data-amanat-present", "editing");
    expect(row(1)).toHaveAttribute("title", "Ivan is editing Quantity");
    expect(cell(1, "quantity")).toHaveAttribute("data-amanat-editing", "Ivan");
    expect(cell(1, "quantity")).toHaveAttribute("data-amanat-typing", "");
    expect(hueOf(cell(1, "quantity"))).toBe(String(authorHue(IVAN.id)));
    await tellPresence(IVAN, [at("viewing", {id: 1})]);
    expect(row(0)).toHaveAttribute("data-amanat-present", "viewing");
    expect(row(0)).toHaveAttribute("title", "Ivan has it open");
    expect(row(1)).not.toHaveAttribute("data-amanat-present");
    expect(row(1)).not.toHaveAttribute("title");
    expect(cell(1, "quantity")).not.toHaveAttribute("data-amanat-editing");
    expect(cell(1, "quantity")).not.toHaveAttribute("data-amanat-typing");
    await tellPresence(IVAN, []);
    expect("[data-amanat-present], [data-amanat-person]").toHaveCount(0);
});

test("several people in one row", async () => {
    await mountPresent("list", LIST);
    await tellPresence(IVAN, [at("viewing", {id: 1})]);
    await tellPresence(MARIA, [at("editing", {id: 1, field: "name"})]);
    expect(row(0)).toHaveAttribute("title", "Ivan has it open\nMaria is editing Name");
    expect(row(0)).toHaveAttribute("data-amanat-present", "editing");
    expect(cell(0, "name")).toHaveAttribute("data-amanat-editing", "Maria");
});

test("marks are there again after rows are made anew", async () => {
    await mountPresent("list", LIST);
    await tellPresence(IVAN, [at("editing", {id: 3, field: "name"})]);
    const before = queryOne(row(2));
    await contains(".o_column_sortable[data-name=name]").click();
    await contains(".o_column_sortable[data-name=name]").click();
    expect(before.isConnected).toBe(false);
    expect("[data-amanat-present]").toHaveCount(1);
    expect("[data-amanat-present]").toHaveText(/third/);
    expect("[data-amanat-editing]").toHaveText("third");
});

test("marks survive a change of the row, and its flash", async () => {
    await mountPresent("list", LIST);
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name"})]);
    await tellChange(1, "quantity", 1, 5);
    expect(cell(0, "quantity")).toHaveText("5");
    expect(cell(0, "name")).toHaveAttribute("data-amanat-editing", "Ivan");
    expect(hueOf(cell(0, "name"))).toBe(String(authorHue(IVAN.id)));
});

test("marks survive the edition of the same row", async () => {
    await mountPresent("list", LIST);
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name"})]);
    await contains(cell(0, "quantity")).click();
    expect(".o_selected_row").toHaveCount(1);
    expect(".o_selected_row td[name=name]").toHaveAttribute(
        "data-amanat-editing",
        "Ivan"
    );
});

test("no class, inline style or node of a row changes", async () => {
    await mountPresent("list", LIST);
    const seen = [];
    const observer = new MutationObserver((records) =>
        seen.push(...records.map(({type, attributeName}) => attributeName || type))
    );
    observer.observe(queryOne(".o_list_renderer"), {
        attributes: true,
        childList: true,
        characterData: true,
        subtree: true,
    });
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name", typing: true})]);
    await tellPresence(IVAN, []);
    observer.disconnect();
    expect([...new Set(seen)].toSorted()).toEqual([
        "data-amanat-editing",
        "data-amanat-person",
        "data-amanat-present",
        "data-amanat-typing",
        "title",
    ]);
});

test("a title that says more stays", async () => {
    await mountPresent("list", LIST);
    await contains(cell(0, "name")).click();
    await tell({unlink: [1]});
    const said = queryAllAttributes(row(0), "title");
    expect(said[0]).toMatch(/John/);
    await tellPresence(IVAN, [at("viewing", {id: 1})]);
    await tellPresence(IVAN, []);
    expect(queryAllAttributes(row(0), "title")).toEqual(said);
});

test("rows of groups", async () => {
    await mountPresent("list", LIST, {groupBy: ["state"]});
    await contains(".o_group_header:eq(0)").click();
    await tellPresence(IVAN, [at("editing", {id: 2, field: "name"})]);
    expect("[data-amanat-present]").toHaveText(/second/);
    await contains(".o_group_header:eq(0)").click();
    await contains(".o_group_header:eq(0)").click();
    expect("[data-amanat-present]").toHaveText(/second/);
});

test("cards carry the picture of the person", async () => {
    await mountPresent("kanban", KANBAN);
    await tellPresence(IVAN, [at("viewing", {id: 2})]);
    const card = ".o_kanban_record:eq(1)";
    expect(card).toHaveAttribute("data-amanat-present", "viewing");
    expect(card).toHaveAttribute("title", "Ivan has it open");
    const {backgroundImage} = getComputedStyle(queryOne(card), "::before");
    expect(backgroundImage).toMatch(/res\.users\/21\/avatar_128/);
    await tellPresence(IVAN, []);
    expect(card).not.toHaveAttribute("data-amanat-present");
    expect(card).not.toHaveAttribute("title");
});

test("cards that somebody moved keep their mark", async () => {
    await mountPresent("kanban", KANBAN, {groupBy: ["state"]});
    await tellPresence(IVAN, [at("viewing", {id: 1})]);
    await tellChange(1, "state", "draft", "done");
    await settle();
    expect(".o_kanban_group:contains(Done) [data-amanat-present]").toHaveText("first");
});
