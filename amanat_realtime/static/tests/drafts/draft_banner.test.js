// Promise: who comes back to a record finds there what could not be saved, sees it beside
// what is there now, and puts it into the form or throws it away; then it is not offered
// again.
import {describe, expect, test} from "@odoo/hoot";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {contains, mountView, onRpc, serverState} from "@web/../tests/web_test_helpers";
import {MODEL} from "@amanat_realtime/drafts/draft_service";
import {defineLiveModels, subscribed} from "../realtime_test_helpers";
import {
    BANNER,
    DIALOG,
    draft,
    keepDrafts,
    REVIEW,
    tellDraft,
} from "./drafts_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const ARCH = `
    <form>
        <field name="name"/><field name="note" readonly="state == 'done'"/>
        <field name="quantity"/><field name="state"/><field name="date"/>
        <field name="partner_id"/><field name="partner_ids" widget="many2many_tags"/>
        <field name="line_ids">
            <list editable="bottom"><field name="name"/><field name="quantity"/></list>
        </field>
    </form>`;

async function mountForm(params = {}) {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: ARCH,
        ...params,
    });
    await subscribed();
    await animationFrame();
}

const QUANTITY = () => draft("quantity", {base: 5, mine: 11, theirs: 1});
const input = (name) => `.o_field_widget[name=${name}] input`;
const saved = (vals) =>
    onRpc("test.sheet", "web_save", ({args}) => {
        expect(args[1]).toEqual(vals);
        expect.step("web_save");
    });

test("the banner says when and why, and reads only where there is something", async () => {
    keepDrafts({1: [QUANTITY()]});
    await mountForm();
    expect(BANNER).toHaveText(
        /changes from .*Nov 20.* that were not saved, because John changed the same fields/
    );
    expect(BANNER).toHaveAttribute("role", "status");
    expect.verifySteps(["get_drafts test.sheet 1"]);
});

test("nobody is blamed for what another reason kept from being saved", async () => {
    keepDrafts({1: [draft("quantity", {base: 1, mine: 11, theirs: 1})]});
    await mountForm();
    expect(BANNER).toHaveText(/changes from .*Nov 20.* that were not saved\./);
    expect(BANNER).not.toHaveText(/because/);
    expect.verifySteps(["get_drafts test.sheet 1"]);
});

test("nor is the person", async () => {
    const by = {id: serverState.userId, name: "Myself"};
    keepDrafts({1: [{...QUANTITY(), by}]});
    await mountForm();
    expect(BANNER).toHaveText(/because somebody else changed/);
    expect.verifySteps(["get_drafts test.sheet 1"]);
});

test("a record without drafts costs nothing", async () => {
    keepDrafts({2: [QUANTITY()]});
    await mountForm();
    expect(BANNER).toHaveCount(0);
    expect.verifySteps([]);
});

test("a new record has no drafts", async () => {
    keepDrafts({1: [QUANTITY()]});
    await mountForm({resId: undefined});
    expect(BANNER).toHaveCount(0);
    expect.verifySteps([]);
});

test("mine goes into the form and is saved with it", async () => {
    keepDrafts({1: [QUANTITY()]});
    saved({quantity: 11});
    await mountForm();
    await contains(REVIEW).click();
    expect(`${DIALOG} .o_amanat_original`).toHaveText(/5/);
    expect(`${DIALOG} .o_amanat_mine`).toHaveText(/11/);
    expect(`${DIALOG} .o_amanat_theirs`).toHaveText(/1/);
    await contains(`${DIALOG} button[name=mine]`).click();
    await animationFrame();
    expect(input("quantity")).toHaveValue("11");
    expect(".o_form_status_indicator_buttons").not.toHaveClass("invisible");
    expect(BANNER).toHaveCount(0);
    await contains(".o_form_button_save").click();
    await animationFrame();
    expect.verifySteps([
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "web_save",
        "unlink 1",
        "get_drafts test.sheet 1",
    ]);
    expect(BANNER).toHaveCount(0);
});

test("mine that is discarded with the form is offered again", async () => {
    keepDrafts({1: [QUANTITY()]});
    await mountForm();
    await contains(REVIEW).click();
    await contains(`${DIALOG} button[name=mine]`).click();
    await animationFrame();
    expect(BANNER).toHaveCount(0);
    await contains(".o_form_button_cancel").click();
    await animationFrame();
    expect(BANNER).toHaveCount(1);
    expect(input("quantity")).toHaveValue("1");
    expect.verifySteps([
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
    ]);
});

test("mine is saved over the value that was shown, not over a newer one", async () => {
    keepDrafts({1: [draft("quantity", {base: 5, mine: 11, theirs: 3})]});
    onRpc("test.sheet", "web_save", ({kwargs}) => {
        expect(kwargs.context.amanat_realtime_base).toEqual({1: {quantity: 3}});
        expect.step("web_save");
    });
    await mountForm();
    await contains(REVIEW).click();
    await contains(`${DIALOG} button[name=mine]`).click();
    await animationFrame();
    await contains(".o_form_button_save").click();
    await animationFrame();
    expect.verifySteps([
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "web_save",
        "unlink 1",
        "get_drafts test.sheet 1",
    ]);
});

test("theirs stays, and the draft goes", async () => {
    keepDrafts({1: [QUANTITY()]});
    await mountForm();
    await contains(REVIEW).click();
    await contains(`${DIALOG} button[name=theirs]`).click();
    await animationFrame();
    expect(input("quantity")).toHaveValue("1");
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
    expect(BANNER).toHaveCount(0);
    expect.verifySteps([
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "unlink 1",
        "get_drafts test.sheet 1",
    ]);
});

test("a dialog that is closed decides nothing", async () => {
    keepDrafts({1: [QUANTITY()]});
    await mountForm();
    await contains(REVIEW).click();
    await contains(`${DIALOG} button[name=cancel]`).click();
    await animationFrame();
    expect(BANNER).toHaveCount(1);
    expect(input("quantity")).toHaveValue("1");
    expect.verifySteps(["get_drafts test.sheet 1", "get_drafts test.sheet 1"]);
});

test("discard throws it away", async () => {
    keepDrafts({1: [QUANTITY(), draft("name", {base: "a", mine: "b", theirs: "c"})]});
    await mountForm();
    await contains(`${BANNER} button:contains(Discard)`).click();
    await animationFrame();
    expect(BANNER).toHaveCount(0);
    expect(input("quantity")).toHaveValue("1");
    expect.verifySteps([
        "get_drafts test.sheet 1",
        "unlink 2",
        "get_drafts test.sheet 1",
    ]);
});

test("one field mine, another theirs", async () => {
    keepDrafts({
        1: [QUANTITY(), draft("name", {base: "old", mine: "mine", theirs: "first"})],
    });
    await mountForm();
    await contains(REVIEW).click();
    await contains(`${DIALOG} fieldset:eq(0) input[value=theirs]`).click();
    await contains(`${DIALOG} fieldset:eq(1) input[value=mine]`).click();
    await contains(`${DIALOG} button[name=save]`).click();
    await animationFrame();
    expect(input("quantity")).toHaveValue("1");
    expect(input("name")).toHaveValue("mine");
    expect(BANNER).toHaveCount(0);
    expect.verifySteps([
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "unlink 1",
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
    ]);
});

test("names, dates and tags are shown and put in as the form has them", async () => {
    const azure = {id: 1, display_name: "Azure"};
    const gemini = {id: 2, display_name: "Gemini"};
    keepDrafts({
        1: [
            draft("partner_id", {base: false, mine: gemini, theirs: azure}),
            draft("date", {base: false, mine: "2026-11-20", theirs: false}),
            draft("partner_ids", {base: [], mine: [gemini], theirs: [azure, gemini]}),
        ],
    });
    saved({partner_id: 2, date: "2026-11-20", partner_ids: [[6, false, [2]]]});
    await mountForm();
    await contains(REVIEW).click();
    expect(`${DIALOG} fieldset:eq(0) .o_amanat_mine`).toHaveText(/Gemini/);
    expect(`${DIALOG} fieldset:eq(0) .o_amanat_theirs`).toHaveText(/Azure/);
    expect(`${DIALOG} fieldset:eq(1) .o_amanat_mine`).toHaveText(/2026/);
    expect(`${DIALOG} fieldset:eq(2) .o_amanat_theirs`).toHaveText(/Azure, Gemini/);
    await contains(`${DIALOG} button[name=mine]`).click();
    await animationFrame();
    expect(input("partner_id")).toHaveValue("Gemini");
    expect(".o_field_widget[name=partner_ids]").toHaveText("Gemini");
    await contains(".o_form_button_save").click();
    expect.verifySteps([
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "web_save",
        "unlink 3",
        "get_drafts test.sheet 1",
    ]);
});

const LINES = () =>
    draft("line_ids", {
        base: [
            {id: 1, quantity: 7},
            {id: 2, name: "toner", quantity: 2},
        ],
        mine: [
            [1, 1, {quantity: 55, unknown_field: 1}],
            [2, 2, 0],
            [0, "virtual_3", {name: "ink", quantity: 9}],
            [1, 99, {quantity: 1}],
        ],
        theirs: [
            {id: 1, display_name: "paper", quantity: 1},
            {id: 2, display_name: "toner", name: "toner", quantity: 2},
        ],
    });

test("lines are changed, deleted and added again; lines that are gone stay gone", async () => {
    keepDrafts({1: [LINES()]});
    onRpc("test.sheet", "web_save", ({args}) => {
        for (const [code, id, values] of args[1].line_ids) {
            expect.step(JSON.stringify([code, code ? id : "new", values || 0]));
        }
    });
    await mountForm();
    await contains(REVIEW).click();
    expect(`${DIALOG} .o_amanat_original`).toHaveText(/paper: Quantity: 7/);
    expect(`${DIALOG} .o_amanat_mine`).toHaveText(
        /paper: Quantity: 55\s+Removed: toner\s+New: Name: ink, Quantity: 9\s+deleted line: Quantity: 1/
    );
    expect(`${DIALOG} .o_amanat_theirs`).toHaveText(/paper: Quantity: 1/);
    await contains(`${DIALOG} button[name=mine]`).click();
    await animationFrame();
    expect(".o_data_row").toHaveCount(2);
    expect(".o_data_row:eq(0) [name=quantity]").toHaveText("55");
    expect(".o_data_row:eq(1) [name=name]").toHaveText("ink");
    await contains(".o_form_button_save").click();
    expect.verifySteps([
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        "get_drafts test.sheet 1",
        '[1,1,{"quantity":55}]',
        "[2,2,0]",
        '[0,"new",{"name":"ink","quantity":9}]',
        "unlink 1",
        "get_drafts test.sheet 1",
    ]);
});

test("what this form cannot change waits elsewhere", async () => {
    keepDrafts({
        3: [
            draft("amount", {base: 1, mine: 2, theirs: 3}),
            draft("note", {base: "", mine: "a", theirs: "b"}),
        ],
    });
    await mountForm({resId: 3});
    expect(BANNER).toHaveCount(0);
    expect.verifySteps(["get_drafts test.sheet 3"]);
});

test("drafts of another tab are offered, and withdrawn, while the form is open", async () => {
    const kept = keepDrafts({});
    await mountForm();
    kept[1] = [QUANTITY()];
    await tellDraft({model: "test.sheet", id: 1});
    expect(BANNER).toHaveCount(1);
    await tellDraft({model: "test.sheet", id: 1, gone: true});
    expect(BANNER).toHaveCount(0);
    expect.verifySteps(["get_drafts test.sheet 1"]);
});

test("the pager takes the banner along", async () => {
    keepDrafts({2: [draft("quantity", {base: 2, mine: 22, theirs: 3})]});
    await mountForm({resIds: [1, 2]});
    expect(BANNER).toHaveCount(0);
    await contains(".o_pager_next").click();
    await animationFrame();
    expect(BANNER).toHaveCount(1);
    await contains(".o_pager_previous").click();
    await animationFrame();
    expect(BANNER).toHaveCount(0);
    expect.verifySteps(["get_drafts test.sheet 2"]);
});

test("drafts of one record are never offered for another", async () => {
    keepDrafts({1: [QUANTITY()], 2: [QUANTITY()]});
    await mountForm({resIds: [1, 2]});
    expect(BANNER).toHaveCount(1);
    const answer = new Deferred();
    onRpc(MODEL, "get_drafts", () => answer);
    await contains(".o_pager_next").click();
    await animationFrame();
    expect(input("name")).toHaveValue("second");
    expect(BANNER).toHaveCount(0);
    answer.resolve([QUANTITY()]);
    await animationFrame();
    expect(BANNER).toHaveCount(1);
    expect.verifySteps(["get_drafts test.sheet 1"]);
});

test("text of the person is never markup", async () => {
    const mine = "<img src=x onerror=alert(1)>";
    keepDrafts({1: [draft("name", {base: "a", mine, theirs: "b"})]});
    await mountForm();
    await contains(REVIEW).click();
    expect(`${DIALOG} .o_amanat_mine`).toHaveText(new RegExp("<img src=x"));
    expect(`${DIALOG} img`).toHaveCount(0);
    expect.verifySteps(["get_drafts test.sheet 1", "get_drafts test.sheet 1"]);
});
