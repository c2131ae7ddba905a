// Promise: a field of a form says who edits it, and one may ask for it; nobody has to
// answer, and nobody is asked all the time.
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime} from "@odoo/hoot-mock";
import {contains, MockServer, mountView, onRpc} from "@web/../tests/web_test_helpers";
import {waitNotifications} from "@bus/../tests/bus_test_helpers";
import {ANSWER_TYPE, ASK_TYPE} from "@amanat_realtime/presence/edit_requests_service";
import {tabId} from "@amanat_realtime/core/tab_id";
import {cell, defineLiveModels, tellChange} from "../realtime_test_helpers";
import {
    at,
    connected,
    drawn,
    IVAN,
    makePresent,
    MARIA,
    MODEL,
    tellPresence,
} from "./presence_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const FORM = `
    <form>
        <field name="name"/>
        <field name="quantity"/>
        <field name="line_ids"><list editable="bottom"><field name="name"/></list></field>
    </form>`;
const TAG = ".o_amanat_field_tag";
const field = (name) => `.o_field_widget[name=${name}]`;

async function mountForm(params = {}) {
    const server = makePresent();
    for (const action of ["ask", "answer"]) {
        onRpc(`/amanat_realtime/presence/${action}`, async (request) => {
            const {params: sent} = await request.json();
            expect.step([action, sent]);
            return {};
        });
    }
    await mountView({type: "form", resModel: MODEL, resId: 1, arch: FORM, ...params});
    await connected();
    return server;
}

async function send(type, payload) {
    MockServer.env["bus.bus"]._sendone(`amanat_realtime:${MODEL}`, type, payload);
    await waitNotifications([type]);
    await drawn();
}

/** Ivan was answered, once. */
function verifyAnswer(granted) {
    const about = {model: MODEL, id: 1, field: "name"};
    expect.verifySteps([
        ["answer", {tab: tabId, to: "tab of Ivan", user: IVAN.id, ...about, granted}],
    ]);
}

const asked = (extra = {}) => ({
    v: 1,
    to: tabId,
    from: {tab: "tab of Ivan", user: IVAN},
    model: MODEL,
    id: 1,
    field: "name",
    label: "Name",
    record: "first",
    ...extra,
});

test("a tag with the name, while somebody is in the field", async () => {
    await mountForm();
    await tellPresence(IVAN, [at("editing", {id: 1, field: "quantity"})]);
    expect(`${field("quantity")} ${TAG}`).toHaveCount(1);
    expect(TAG).toHaveAttribute("title", "Ivan: editing Quantity");
    expect(".o_amanat_field_tag_names").toHaveText("Ivan");
    expect(".o_amanat_typing").toHaveCount(0);
    expect(field("quantity")).toHaveAttribute("data-amanat-person", "21");
    await tellPresence(IVAN, [at("editing", {id: 1, field: "quantity", typing: true})]);
    expect(TAG).toHaveAttribute("title", "Ivan: typing in Quantity");
    expect(".o_amanat_typing").toHaveCount(1);
    await tellPresence(MARIA, [at("editing", {id: 1, field: "quantity"})]);
    expect(".o_amanat_field_tag_names").toHaveText("Ivan, Maria");
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name"})]);
    expect(`${field("name")} ${TAG}`).toHaveCount(1);
    expect(".o_amanat_field_tag_names:eq(1)").toHaveText("Maria");
    await tellPresence(IVAN, []);
    await tellPresence(MARIA, []);
    expect(TAG).toHaveCount(0);
    expect("[data-amanat-edited]").toHaveCount(0);
});

test("another record in the form has other people", async () => {
    await mountForm({resIds: [1, 2]});
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name"})]);
    await tellPresence(MARIA, [at("editing", {id: 2, field: "quantity"})]);
    expect(`${field("name")} ${TAG}`).toHaveCount(1);
    await contains(".o_pager_next").click();
    await drawn();
    expect(TAG).toHaveCount(1);
    expect(`${field("quantity")} ${TAG}`).toHaveCount(1);
});

test("the tag is there again after a save", async () => {
    await mountForm();
    await tellPresence(IVAN, [at("editing", {id: 1, field: "quantity"})]);
    await contains(`${field("name")} input`).edit("mine", {confirm: false});
    await contains(".o_form_button_save").click();
    expect(TAG).toHaveCount(1);
});

test("a conflict in the same field takes the place of the tag", async () => {
    await mountForm();
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name"})]);
    expect(TAG).toHaveCount(1);
    await contains(`${field("name")} input`).edit("mine", {confirm: false});
    await tellChange(1, "name", "first", "theirs");
    expect(".o_amanat_conflict").toHaveCount(1);
    expect(TAG).toHaveCount(0);
});

test("lines are marked as a whole", async () => {
    const {reports} = await mountForm();
    await contains(".o_field_x2many_list .o_data_cell[name=name]:eq(0)").click();
    await advanceTime(1500);
    expect(reports.at(-1)).toEqual([at("editing", {id: 1, field: "line_ids"})]);
    await tellPresence(IVAN, [at("editing", {id: 1, field: "line_ids"})]);
    expect(`${field("line_ids")} > ${TAG}`).toHaveCount(1);
    expect(`.o_data_row ${TAG}`).toHaveCount(0);
});

test("asking, once in 30 seconds, and the answer", async () => {
    await mountForm();
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name"})]);
    // As pointing at it does.
    await contains(`${field("name")} input`).click();
    await contains(`${TAG} button`).click();
    const sent = {tab: tabId, to: "tab of Ivan", model: MODEL, id: 1, field: "name"};
    expect.verifySteps([["ask", sent]]);
    await contains(`${TAG} button`).click();
    expect.verifySteps([]);
    expect(queryAllTexts(".o_notification_content")).toEqual([
        "Ivan was asked for Name.",
        "You have just asked. Give them a moment.",
    ]);
    const answer = {
        v: 1,
        to: tabId,
        from: {user: IVAN},
        model: MODEL,
        id: 1,
        field: "name",
    };
    await send(ANSWER_TYPE, {...answer, granted: false});
    expect(queryAllTexts(".o_notification_content").at(-1)).toBe(
        "Ivan still needs Name."
    );
    await advanceTime(30_000);
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name"})]);
    await contains(`${field("name")} input`).click();
    await contains(`${TAG} button`).click();
    expect.verifySteps([["ask", sent]]);
    await send(ANSWER_TYPE, {...answer, granted: true});
    expect(queryAllTexts(".o_notification_content").at(-1)).toBe(
        "Ivan lets you edit Name now."
    );
});

test("asking by the keyboard, from the pictures of the form", async () => {
    await mountForm();
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name"})]);
    await contains(".o_form_status_indicator .o_amanat_presence_more").click();
    expect(".o_amanat_presence_ask").toHaveText("May I edit Name?");
    await contains(".o_amanat_presence_ask").click();
    expect.verifySteps([
        ["ask", {tab: tabId, to: "tab of Ivan", model: MODEL, id: 1, field: "name"}],
    ]);
});

test("being asked: let them", async () => {
    await mountForm();
    onRpc("web_save", ({args}) => {
        expect.step(args[1]);
    });
    await contains(`${field("name")} input`).edit("mine", {confirm: false});
    await send(ASK_TYPE, asked());
    const text = "Ivan would like to edit Name of first";
    expect(".o_notification_content").toHaveText(text);
    await advanceTime(60_000);
    expect(".o_notification_content").toHaveText(text);
    await contains(".o_notification button:contains(Let them)").click();
    expect.verifySteps([
        {name: "mine"},
        [
            "answer",
            {
                tab: tabId,
                to: "tab of Ivan",
                user: IVAN.id,
                model: MODEL,
                id: 1,
                field: "name",
                granted: true,
            },
        ],
    ]);
    expect(".o_amanat_edit_request").toHaveCount(0);
    expect(`${field("name")} input`).not.toBeFocused();
});

test("being asked: not now; the question for another tab is none", async () => {
    await mountForm();
    await contains(`${field("name")} input`).edit("mine", {confirm: false});
    await send(ASK_TYPE, asked({to: "another tab"}));
    expect(".o_notification").toHaveCount(0);
    await send(ASK_TYPE, asked());
    await contains(".o_notification button:contains(Not now)").click();
    verifyAnswer(false);
    expect(`${field("name")} input`).toHaveValue("mine");
});

test("being asked for a row in edition", async () => {
    await mountForm({
        type: "list",
        resId: undefined,
        arch: `<list editable="top"><field name="name"/></list>`,
    });
    await contains(cell(0, "name")).click();
    await contains(".o_selected_row [name=name] input").edit("mine", {confirm: false});
    await send(ASK_TYPE, asked());
    await contains(".o_notification button:contains(Let them)").click();
    await drawn();
    expect(".o_selected_row").toHaveCount(0);
    expect(cell(0, "name")).toHaveText("mine");
    verifyAnswer(true);
});

test("what cannot be saved is not let go of", async () => {
    await mountForm({arch: `<form><field name="name" required="1"/></form>`});
    await contains(`${field("name")} input`).edit("", {confirm: false});
    await send(ASK_TYPE, asked());
    await contains(".o_notification button:contains(Let them)").click();
    await drawn();
    verifyAnswer(false);
});
