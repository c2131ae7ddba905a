// Promise: on a small screen one picture and a number say who is there.
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {contains, mountView} from "@web/../tests/web_test_helpers";
import {defineLiveModels} from "../realtime_test_helpers";
import {
    at,
    IVAN,
    makePresent,
    MARIA,
    MODEL,
    personAt,
    reported,
} from "./presence_test_helpers";

defineLiveModels();
describe.current.tags("mobile");

test("one picture, the number, and all of them in the menu", async () => {
    const server = makePresent();
    server.present = [
        personAt(IVAN, [at("viewing")]),
        personAt(MARIA, [at("viewing")]),
    ];
    await mountView({
        type: "kanban",
        resModel: MODEL,
        arch: `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`,
    });
    await reported();
    expect(".o_amanat_presence_person").toHaveCount(1);
    expect(".o_amanat_presence_more").toHaveText("2");
    await contains(".o_amanat_presence_more").click();
    expect(queryAllTexts(".o_amanat_presence_entry strong")).toEqual(["Ivan", "Maria"]);
});

test("a form", async () => {
    const server = makePresent();
    server.present = [personAt(IVAN, [at("editing", {id: 1, field: "name"})])];
    await mountView({
        type: "form",
        resModel: MODEL,
        resId: 1,
        arch: `<form><field name="name"/></form>`,
    });
    await reported();
    expect(".o_amanat_presence_person").toHaveAttribute(
        "title",
        "Ivan is editing Name"
    );
    expect(".o_amanat_field_tag button").toBeVisible();
});
