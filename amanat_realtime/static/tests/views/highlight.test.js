// Promise: what somebody else changed is marked for about three seconds in the colour
// of that person, with the name, and not at all for those who want no motion.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, mockMatchMedia} from "@odoo/hoot-mock";
import {MockServer, mountView} from "@web/../tests/web_test_helpers";
import {authorHue} from "@amanat_realtime/core/author_color";
import {
    cell,
    defineLiveModels,
    JOHN,
    makeLive,
    settle,
    stopClock,
    subscribed,
    tell,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
beforeEach(() => makeLive());

async function mountList() {
    const arch = `<list><field name="name"/><field name="quantity"/></list>`;
    await mountView({type: "list", resModel: "test.sheet", arch});
    await subscribed();
}

const change = {update: [{ids: [2], diff: {name: ["second", "remote"]}}]};

test("row and cell flash in the author's colour, then nothing is left", async () => {
    mockMatchMedia({"prefers-reduced-motion": "no-preference"});
    await mountList();
    await tell(change);
    await animationFrame();
    expect(".o_data_row:eq(1)").toHaveAttribute("data-amanat-flash", "row");
    expect(cell(1, "name")).toHaveAttribute("data-amanat-flash", "cell");
    expect(cell(1, "quantity")).not.toHaveAttribute("data-amanat-flash");
    const el = queryOne(cell(1, "name"));
    expect(el).toHaveStyle({"--amanat-author-hue": String(authorHue(JOHN.id))});
    expect(el).toHaveAttribute("data-amanat-author", "John");
    expect(el).toHaveAttribute("title", "Changed by John");
    await advanceTime(3100);
    expect("[data-amanat-flash]").toHaveCount(0);
    expect(el).not.toHaveAttribute("data-amanat-author");
    expect(el).not.toHaveAttribute("title");
});

test("a field of a form flashes", async () => {
    mockMatchMedia({"prefers-reduced-motion": "no-preference"});
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 2,
        arch: `<form><field name="name"/></form>`,
    });
    await subscribed();
    await tell(change);
    await animationFrame();
    expect(".o_field_widget[name=name]").toHaveAttribute("data-amanat-flash", "cell");
});

test("a leaving row is marked for a moment, the count is right at once", async () => {
    stopClock();
    mockMatchMedia({"prefers-reduced-motion": "no-preference"});
    await mountList();
    await tell({unlink: [2]});
    expect(".o_data_row").toHaveCount(3);
    expect(".o_data_row.o_amanat_leaving").toHaveCount(1);
    await advanceTime(650);
    await animationFrame();
    expect(".o_data_row").toHaveCount(2);
});

test("a new row flashes", async () => {
    mockMatchMedia({"prefers-reduced-motion": "no-preference"});
    await mountList();
    const [id] = MockServer.env["test.sheet"].create([{name: "new"}]);
    await tell({create: [id]});
    await settle();
    await animationFrame();
    expect(".o_data_row:eq(3)").toHaveAttribute("data-amanat-flash", "row");
});

test("nothing moves for those who prefer it so", async () => {
    mockMatchMedia({"prefers-reduced-motion": "reduce"});
    await mountList();
    await tell(change);
    await animationFrame();
    expect(cell(1, "name")).toHaveText("remote");
    expect("[data-amanat-flash]").toHaveCount(0);
    await tell({unlink: [2]});
    expect(".o_data_row").toHaveCount(2);
});
