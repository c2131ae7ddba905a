// Promise: a row or card that is only kept says why, to eyes and ears, without moving a
// column, whatever is drawn meanwhile, and says nothing any more when it goes or stays.
import {describe, expect, test} from "@odoo/hoot";
import {queryAll, queryOne} from "@odoo/hoot-dom";
import {contains} from "@web/../tests/web_test_helpers";
import {settle} from "../realtime_test_helpers";
import {colleague, defineTaskModels, mountTasks, tellTasks} from "./task_test_helpers";

const {write, unlink} = colleague;

defineTaskModels(
    [1, 2, 3].map((n) => ({
        id: n,
        name: `task ${n}`,
        sequence: 10 * n,
        rank: n,
        state: "draft",
        project_id: n,
    }))
);
describe.current.tags("desktop");

const LIST = `<list editable="bottom">
    <field name="name"/><field name="rank" optional="show"/><field name="state"/>
</list>`;
const KANBAN = `<kanban><templates><t t-name="card">
    <div name="name"><field name="name"/></div><field name="state"/>
</t></templates></kanban>`;
const DOMAIN = [["state", "=", "draft"]];
const LABEL = ".o_amanat_gone .o_amanat_gone_label";

const widths = () => queryAll("th").map((th) => th.getBoundingClientRect().width);
const select = (row) =>
    contains(`.o_data_row:eq(${row}) .o_list_record_selector input`).click();

test("a row that no longer matches", async () => {
    await mountTasks("list", LIST, {domain: DOMAIN});
    await select(1);
    const [before, {height}] = [
        widths(),
        queryOne(".o_data_row:eq(1)").getBoundingClientRect(),
    ];
    await tellTasks(write([2], {state: "done"}));
    expect(".o_data_row:eq(1)").toHaveClass("o_amanat_gone");
    expect(LABEL).toHaveText("No longer matches");
    expect(LABEL).toBeVisible();
    expect(widths()).toEqual(before);
    expect(queryOne(".o_data_row:eq(1)").getBoundingClientRect().height).toBe(height);
    await select(1);
    document.activeElement.blur();
    await settle();
    await settle();
    expect(".o_data_row").toHaveCount(2);
    expect(".o_amanat_gone_label").toHaveCount(0);
    expect.verifySteps(["web_search_read"]);
});

test("a row deleted by somebody", async () => {
    await mountTasks("list", LIST);
    await select(1);
    await tellTasks(unlink([2]));
    expect(LABEL).toHaveText("Deleted by John");
});

test("a row that may not be read any more", async () => {
    await mountTasks("list", LIST);
    await select(1);
    await tellTasks({leave: [2]});
    expect(LABEL).toHaveText("No longer accessible");
});

test("the label stays while the row is drawn again", async () => {
    await mountTasks("list", LIST, {domain: DOMAIN});
    await select(1);
    await tellTasks(write([2], {state: "done"}));
    await tellTasks(write([2], {name: "renamed"}));
    expect(".o_data_row:eq(1) [name=name]").toHaveText(/^renamed/);
    expect(LABEL).toHaveText("No longer matches");
    await contains(".o_optional_columns_dropdown button").click();
    await contains(".o-dropdown-item:contains(Rank) input").click();
    expect("td[name=rank]").toHaveCount(0);
    expect(LABEL).toHaveCount(1);
    await contains(".o_data_row:eq(0) [name=name]").click();
    expect(LABEL).toHaveText("No longer matches");
});

test("a row that matches again looks as before", async () => {
    await mountTasks("list", LIST, {domain: DOMAIN});
    await select(1);
    await tellTasks(write([2], {state: "done"}));
    expect(LABEL).toHaveCount(1);
    await tellTasks(write([2], {state: "draft"}));
    await settle();
    expect(".o_data_row").toHaveCount(3);
    expect(".o_amanat_gone, .o_amanat_gone_label").toHaveCount(0);
    expect(".o_data_row:eq(1)").not.toHaveAttribute("title");
    expect(".o_data_row:eq(1)").toHaveClass("o_data_row_selected");
    expect.verifySteps(["web_search_read"]);
});

test("a card that is focused", async () => {
    await mountTasks("kanban", KANBAN, {groupBy: ["project_id"]});
    queryOne(".o_kanban_record:eq(0)").focus();
    await tellTasks(unlink([1]));
    await settle();
    expect(".o_kanban_record:eq(0)").toHaveClass("o_amanat_gone");
    expect(LABEL).toHaveText("Deleted by John");
    expect(".o_kanban_record:eq(0)").toBeFocused();
    queryOne(".o_kanban_record:eq(1)").focus();
    await settle();
    await settle();
    expect(".o_kanban_record:not(.o_kanban_ghost)").toHaveCount(2);
    expect(".o_amanat_gone_label").toHaveCount(0);
    expect.verifySteps(["web_read_group"]);
});
