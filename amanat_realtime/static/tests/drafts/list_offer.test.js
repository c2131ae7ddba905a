// Promise: a list or kanban says once that records in it have drafts, and leads to the
// form where they are decided on.
import {describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    mountView,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {defineLiveModels, Sheet, subscribed} from "../realtime_test_helpers";
import {DIALOG, draft, keepDrafts, OFFER, tellDraft} from "./drafts_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const LIST = `<list><field name="name"/><field name="quantity"/></list>`;
const KANBAN = `
    <kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`;
const QUANTITY = () => draft("quantity", {base: 5, mine: 11, theirs: 1});

async function mountList(params = {}) {
    await mountView({type: "list", resModel: "test.sheet", arch: LIST, ...params});
    await subscribed();
    await animationFrame();
}

test("one notification for all rows", async () => {
    keepDrafts({1: [QUANTITY()], 3: [QUANTITY()]});
    await mountList();
    expect(OFFER).toHaveCount(1);
    expect(OFFER).toHaveText(/changes to 2 of these records that were not saved/);
    expect.verifySteps([]);
});

test("in a kanban too", async () => {
    keepDrafts({2: [QUANTITY()]});
    await mountList({type: "kanban", arch: KANBAN});
    expect(OFFER).toHaveCount(1);
    expect(OFFER).toHaveText(/one of these records/);
    expect.verifySteps([]);
});

test("records that are not shown are not mentioned", async () => {
    keepDrafts({1: [QUANTITY()]});
    await mountList({domain: [["id", "=", 2]]});
    expect(OFFER).toHaveCount(0);
    expect.verifySteps([]);
});

test("nor are records that are made up for an empty list", async () => {
    keepDrafts({1: [QUANTITY()]});
    await mountList({
        arch: `<list sample="1"><field name="name"/></list>`,
        domain: [["id", "<", 0]],
    });
    expect(".o_data_row").not.toHaveCount(0);
    expect(OFFER).toHaveCount(0);
    expect.verifySteps([]);
});

test("closed by hand, it is not said again for the same records", async () => {
    keepDrafts({1: [QUANTITY()]});
    await mountList();
    await contains(`${OFFER} .o_notification_close`).click();
    expect(OFFER).toHaveCount(0);
    await contains(".o_column_sortable[data-name=name]").click();
    await animationFrame();
    expect(OFFER).toHaveCount(0);
    await tellDraft({model: "test.sheet", id: 2});
    expect(OFFER).toHaveText(/2 of these records/);
    expect.verifySteps([]);
});

test("it goes when the drafts are gone", async () => {
    keepDrafts({1: [QUANTITY()]});
    await mountList();
    expect(OFFER).toHaveCount(1);
    await tellDraft({model: "test.sheet", id: 1, gone: true});
    expect(OFFER).toHaveCount(0);
    expect.verifySteps([]);
});

test("review opens the form with the question, for each record in turn", async () => {
    keepDrafts({1: [QUANTITY()], 2: [QUANTITY()]});
    Sheet._views = {
        list: LIST,
        form: `<form><field name="name"/><field name="quantity"/></form>`,
    };
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "test.sheet",
        views: [[false, "list"]],
    });
    await subscribed();
    await contains(`${OFFER} button:contains(Review)`).click();
    await animationFrame();
    expect(OFFER).toHaveCount(0);
    expect(".o_form_view").toHaveCount(1);
    await animationFrame();
    expect(DIALOG).toHaveCount(1);
    expect(`${DIALOG} .o_amanat_mine`).toHaveText(/11/);
    await contains(`${DIALOG} button[name=mine]`).click();
    await animationFrame();
    expect(".o_field_widget[name=quantity] input").toHaveValue("11");
    expect(".o_pager_limit").toHaveText("2");
    expect.verifySteps([
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
    ]);
});
