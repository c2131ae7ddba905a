// Promise: whoever types in a row keeps the focus while rows around it come and go, also
// where what comes takes longer to be drawn than a frame.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {contains, MockServer, mountView} from "@web/../tests/web_test_helpers";
import {onWillStart} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {CharField, charField} from "@web/views/fields/char/char_field";
import {
    cell,
    defineLiveModels,
    Line,
    makeLive,
    settle,
    Sheet,
    subscribed,
    tell,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive(["test.sheet", "test.line"]));

/** As a field does that loads a library. */
let loaded = null;

class SlowField extends CharField {
    setup() {
        super.setup();
        onWillStart(() => loaded);
    }
}

registry.category("fields").add("test_slow_char", {...charField, component: SlowField});

const names = () => queryAllTexts(".o_data_row td[name=name]");

async function frames(count) {
    for (let i = 0; i < count; i++) {
        await animationFrame();
    }
}

/** The second of four lines is typed in; then lines go, and others come that wait. */
async function mountChanging() {
    loaded = null;
    Line._order = "sequence, id";
    Line._records = [1, 2, 3, 4].map((id) => ({
        id,
        name: `line ${id}`,
        quantity: id,
        sequence: id,
        sheet_id: 1,
    }));
    Sheet._records[0].line_ids = [1, 2, 3, 4];
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `
            <form>
                <field name="line_ids">
                    <list editable="bottom" default_order="sequence">
                        <field name="sequence" column_invisible="1"/>
                        <field name="name" widget="test_slow_char"/>
                        <field name="quantity"/>
                    </list>
                </field>
            </form>`,
    });
    await subscribed();
    await contains(cell(1, "quantity")).click();
    const edited = queryOne(".o_selected_row [name=quantity] input");
    const typing = {edited, hasLeft: false};
    edited.addEventListener("blur", () => (typing.hasLeft = true));

    loaded = new Deferred();
    const lines = MockServer.env["test.line"];
    const ids = lines.create([
        {name: "above", sequence: 0, sheet_id: 1},
        {name: "below", sequence: 9, sheet_id: 1},
    ]);
    lines.unlink([1, 3]);
    MockServer.env["test.sheet"].write([1], {line_ids: [[6, 0, [2, 4, ...ids]]]});
    await tell({update: [{ids: [1], stale: ["line_ids"]}]});
    await settle();
    return typing;
}

test("lines above and below come while lines go", async () => {
    const typing = await mountChanging();
    await frames(5);
    loaded.resolve();
    await frames(5);
    expect(names()).toEqual(["above", "", "line 4", "below"]);
    expect(typing.hasLeft).toBe(false);
    expect(typing.edited).toBeFocused();
});

test("a line that the person adds meanwhile stays", async () => {
    await mountChanging();
    await contains(".o_field_x2many_list_row_add a").click();
    loaded.resolve();
    await frames(5);
    await settle();
    expect(names()).toEqual(["above", "line 2", "line 4", "below", ""]);
    expect(".o_data_row:eq(4)").toHaveClass("o_selected_row");
});

test("what never comes on the screen is not waited for without end", async () => {
    await mountChanging();
    await advanceTime(2000);
    await frames(5);
    loaded.resolve();
    await frames(5);
    expect(names()).toEqual(["above", "", "line 4", "below"]);
});
