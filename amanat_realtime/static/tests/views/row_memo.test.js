// Promise: in a long list, what somebody else changes draws that row alone, and still
// everything that the person or other code changes in any row is drawn.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {click, hover, press, queryAll, queryFirst, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {contains, mountView, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {patcherOf} from "@amanat_realtime/core/patcher_of";
import {MIN_ROWS} from "@amanat_realtime/views/row_memo";
import {ListRenderer} from "@web/views/list/list_renderer";
import {
    cell,
    defineLiveModels,
    makeLive,
    settle,
    Sheet,
    subscribed,
    tell,
    tellChange,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const COUNT = MIN_ROWS + 20;
const ARCH = `
    <list editable="bottom" multi_edit="1" limit="500" decoration-danger="quantity &gt; 900">
        <field name="name"/>
        <field name="quantity" sum="Total"/>
        <field name="checked" widget="boolean_toggle"/>
        <field name="state" optional="show"/>
    </list>`;

let drawn = [];
let renderer = null;

beforeEach(() => {
    makeLive();
    Sheet._records = Array.from({length: COUNT}, (_, i) => ({
        id: i + 1,
        name: `sheet ${i + 1}`,
        quantity: i + 1,
        state: i % 2 ? "done" : "draft",
    }));
    patchWithCleanup(ListRenderer.prototype, {
        setup() {
            super.setup();
            renderer = this;
        },
        getCellTitle(column, record) {
            if (column.name === "name") {
                drawn.push(record.resId);
            }
            return super.getCellTitle(...arguments);
        },
    });
});

async function mountLongList(params = {}) {
    await mountView({type: "list", resModel: "test.sheet", arch: ARCH, ...params});
    await subscribed();
    drawn = [];
}

const records = () => renderer.props.list.model.root.records;

test("a changed cell draws its row and no other, but one", async () => {
    await mountLongList();
    const rows = queryAll(".o_data_row");
    await tellChange(50, "quantity", 50, 5000);
    expect(cell(49, "quantity")).toHaveText("5,000");
    expect(".o_data_row:eq(49)").toHaveClass("text-danger");
    expect(new Set(drawn)).toEqual(new Set([1, 50]));
    expect(queryAll(".o_data_row")).toEqual(rows);
    expect("tfoot .o_list_number:first").toHaveText("12,210");
});

test("what is typed is laid out by itself, at the size that it has anyway", async () => {
    await mountLongList();
    await contains(cell(3, "name")).click();
    const input = queryOne(".o_selected_row [name=name] input");
    expect(input).toHaveStyle({contain: "strict"});
    const {top, width, height} = input.getBoundingClientRect();
    queryOne("[data-amanat-many-rows]").removeAttribute("data-amanat-many-rows");
    expect(input).toHaveStyle({contain: "none"});
    expect(input).toHaveRect({top, width, height});
});

test("the tooltip of a cell goes when somebody types in it", async () => {
    await mountLongList();
    await contains(cell(3, "name")).click();
    await hover(".o_selected_row [name=name] input");
    await advanceTime(1500);
    expect(".o-tooltip").toHaveCount(1);
    await press("x");
    await animationFrame();
    expect(".o-tooltip").toHaveCount(0);
});

test("the same row twice, another one in between", async () => {
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    await tellChange(60, "quantity", 60, 61);
    await tellChange(50, "quantity", 51, 52);
    expect(cell(49, "quantity")).toHaveText("52");
    expect(cell(59, "quantity")).toHaveText("61");
});

test("a short list is drawn by core alone", async () => {
    Sheet._records = Sheet._records.slice(0, 10);
    await mountLongList();
    await tellChange(5, "quantity", 5, 55);
    expect(cell(4, "quantity")).toHaveText("55");
    expect(new Set(drawn).size).toBe(10);
});

test("a row that was passed over is drawn when it is selected", async () => {
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    await contains(".o_data_row:eq(79) .o_list_record_selector input").click();
    expect(".o_data_row:eq(79)").toHaveClass("o_data_row_selected");
    await tellChange(60, "quantity", 60, 61);
    expect(".o_data_row_selected").toHaveCount(1);
    // totals are those of the selection now
    expect("tfoot .o_list_number:first").toHaveText("80");
    await tellChange(80, "quantity", 80, 81);
    expect("tfoot .o_list_number:first").toHaveText("81");
    await contains(".o_data_row:eq(79) .o_list_record_selector input").click();
    expect(".o_data_row_selected").toHaveCount(0);
});

test("a row that was passed over can be edited and saved", async () => {
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    await contains(cell(69, "name")).click();
    expect(".o_data_row:eq(69)").toHaveClass("o_selected_row");
    await contains(cell(69, "name") + " input").edit("mine", {confirm: false});
    await tellChange(60, "quantity", 60, 61);
    await tellChange(70, "quantity", 70, 71);
    expect(cell(69, "name") + " input").toHaveValue("mine");
    expect(cell(69, "quantity") + " input").toHaveValue("71");
    expect(cell(59, "quantity")).toHaveText("61");
    await contains(".o_list_button_save").click();
    expect(".o_selected_row").toHaveCount(0);
    expect(cell(69, "name")).toHaveText("mine");
    await tellChange(70, "quantity", 71, 72);
    expect(cell(69, "quantity")).toHaveText("72");
});

test("an onchange of a row that was passed over is drawn", async () => {
    Sheet._onChanges.name = (record) => {
        record.quantity = 777;
    };
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    await contains(cell(69, "name")).click();
    await contains(cell(69, "name") + " input").edit("mine", {confirm: "tab"});
    expect(cell(69, "quantity") + " input").toHaveValue("777");
    delete Sheet._onChanges.name;
});

test("components in rows that were passed over go on working, and go with them", async () => {
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    await tellChange(51, "quantity", 51, 52);
    await contains(".o_data_row:eq(79) [name=checked] input").click();
    expect(".o_data_row:eq(79) [name=checked] input").toBeChecked();
    const count = Object.keys(renderer.__owl__.children).length;
    await tellChange(52, "quantity", 52, 53);
    expect(Object.keys(renderer.__owl__.children)).toHaveLength(count);
    await tell({unlink: [90]});
    await settle();
    await animationFrame();
    expect(".o_data_row").toHaveCount(COUNT - 1);
    expect(Object.keys(renderer.__owl__.children).length).toBeLessThan(count);
});

test("sorting and hiding a column draw everything", async () => {
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    await contains(".o_column_sortable[data-name=quantity]").click();
    await contains(".o_column_sortable[data-name=quantity]").click();
    expect(cell(0, "name")).toHaveText(`sheet ${COUNT}`);
    await tellChange(COUNT, "name", `sheet ${COUNT}`, "remote");
    expect(cell(0, "name")).toHaveText("remote");
    await contains(".o_optional_columns_dropdown button").click();
    await contains(".o-dropdown-item:contains(State) input").click();
    expect("td[name=state]").toHaveCount(0);
    await tellChange(60, "quantity", 60, 61);
    expect("td[name=state]").toHaveCount(0);
    expect("td[name=name]").toHaveCount(COUNT);
});

test("groups", async () => {
    await mountLongList({groupBy: ["state"]});
    await contains(".o_group_header:eq(1)").click();
    await contains(".o_group_header:eq(0)").click();
    expect(".o_data_row").toHaveCount(COUNT);
    drawn = [];
    await tellChange(50, "quantity", 50, 5000);
    await settle();
    expect(".o_data_row:contains(sheet 50) td[name=quantity]").toHaveText("5,000");
    expect(new Set(drawn).size).toBeLessThan(5);
    await tellChange(50, "state", "done", "draft");
    await settle();
    expect(".o_data_row").toHaveCount(COUNT);
    await contains(".o_group_header:eq(0)").click();
    expect(".o_data_row").toHaveCount(COUNT / 2 - 1);
});

test("a flag that other code sets on a record is drawn", async () => {
    patchWithCleanup(ListRenderer.prototype, {
        getRowClass(record) {
            return `${super.getRowClass(record)} ${record.isOdd ? "odd" : ""}`;
        },
    });
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    records()[79].isOdd = true;
    await animationFrame();
    expect(".o_data_row:eq(79)").toHaveClass("odd");
    await tellChange(51, "quantity", 51, 52);
    records()[79].isOdd = false;
    await animationFrame();
    expect(".o_data_row:eq(79)").not.toHaveClass("odd");
});

test("a value that other code sets is drawn", async () => {
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    records()[79]._applyValues({name: "from elsewhere"});
    await animationFrame();
    expect(cell(79, "name")).toHaveText("from elsewhere");
});

test("rows of a renderer that shows what is around them are all drawn", async () => {
    patchWithCleanup(ListRenderer, {recordRowTemplate: "web.ListRenderer.RecordRow"});
    class Neighbours extends ListRenderer {
        getRowClass(record) {
            const index = this.props.list.records.findIndex(({id}) => id === record.id);
            const before = this.props.list.records[index - 1];
            return before?.data.quantity > 900 ? "after-many" : "";
        }
    }
    const {registry} = await odoo.loader.modules.get("@web/core/registry");
    const view = registry.category("views").get("list");
    registry.category("views").add("neighbours", {...view, Renderer: Neighbours});
    await mountLongList({arch: ARCH.replace("<list", `<list js_class="neighbours"`)});
    await tellChange(50, "quantity", 50, 5000);
    expect(".o_data_row:eq(50)").toHaveClass("after-many");
    registry.category("views").remove("neighbours");
});

test("a render that is overtaken by the next one before it is on screen", async () => {
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    const {model} = renderer.props.list;
    const patcher = patcherOf(model);
    for (const [id, value] of [
        [60, 1060],
        [61, 1061],
    ]) {
        const record = records()[id - 1];
        await patcher.exec(() => record._applyValues({quantity: value}));
        // both renders are done before a frame shows the first
        for (let i = 0; i < 20; i++) {
            await Promise.resolve();
        }
    }
    await animationFrame();
    expect(cell(59, "quantity")).toHaveText("1,060");
    expect(cell(60, "quantity")).toHaveText("1,061");
    await tellChange(60, "quantity", 1060, 1);
    expect(cell(59, "quantity")).toHaveText("1");
});

test("rows that come, go and move", async () => {
    await mountLongList();
    await tellChange(50, "quantity", 50, 51);
    const list = renderer.props.list.model.root;
    const [first, ...others] = list.records;
    list.records = [...others, first];
    await animationFrame();
    expect(cell(COUNT - 1, "name")).toHaveText("sheet 1");
    await tellChange(1, "name", "sheet 1", "moved");
    expect(cell(COUNT - 1, "name")).toHaveText("moved");
    await tell({unlink: [2, 3]});
    await settle();
    await animationFrame();
    expect(cell(0, "name")).toHaveText("sheet 4");
    await tellChange(4, "name", "sheet 4", "first now");
    expect(cell(0, "name")).toHaveText("first now");
    expect(queryFirst(".o_data_row")).toBe(queryAll(".o_data_row")[0]);
    await click(cell(0, "name"));
});
