// Promise: what the person is changing is known, before it is committed too, and is
// forgotten as soon as it is let go.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {runAllTimers} from "@odoo/hoot-mock";
import {contains, getService, mountView} from "@web/../tests/web_test_helpers";
import {toRaw} from "@odoo/owl";
import {cell, defineLiveModels, makeLive, subscribed} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

function theModel() {
    const [[model]] = getService("amanat_realtime").patchers;
    return toRaw(model);
}

test("states of a field of a form", async () => {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form><field name="name"/><field name="partner_id"/><field name="note"/></form>`,
    });
    await subscribed();
    const editing = getService("editing_state");
    const state = (name) => editing.fieldState(theModel().root, name);
    expect(state("name")).toBe("free");
    await contains(".o_field_widget[name=name] input").edit("typed", {confirm: false});
    expect(state("name")).toBe("typing");
    expect(state("note")).toBe("free");
    await contains(".o_field_widget[name=note] textarea").click();
    await runAllTimers();
    expect(state("name")).toBe("changed");
    expect(editing.localValue(theModel().root, "name")).toBe("typed");
    await contains(".o_field_widget[name=partner_id] input").edit("Ge", {
        confirm: false,
    });
    expect(state("partner_id")).toBe("holding");
    await contains(".o_form_button_cancel").click();
    await runAllTimers();
    expect([state("name"), state("partner_id")]).toEqual(["free", "free"]);
});

test("only the row that is typed in is affected", async () => {
    await mountView({
        type: "list",
        resModel: "test.sheet",
        arch: `<list editable="top"><field name="name"/></list>`,
    });
    await subscribed();
    const editing = getService("editing_state");
    await contains(cell(1, "name")).click();
    await contains(".o_selected_row [name=name] input").edit("typed", {confirm: false});
    const states = theModel().root.records.map((r) => editing.fieldState(r, "name"));
    expect(states).toEqual(["free", "typing", "free"]);
});
