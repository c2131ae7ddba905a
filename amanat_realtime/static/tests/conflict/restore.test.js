// Promise: what a person had on screen when somebody deleted its record is not lost. It can
// be created again as it stands there, typing and lines included, or be let go of.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    getService,
    makeServerError,
    MockServer,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {offerRestore} from "@amanat_realtime/views/gone_row_notice";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {WebClient} from "@web/webclient/webclient";
import {
    cell,
    defineLiveModels,
    makeLive,
    settle,
    subscribed,
    tell,
} from "../realtime_test_helpers";

const BANNER = ".o_amanat_gone_banner";
const RESTORE = `${BANNER} .o_amanat_restore`;
const DISCARD = `${BANNER} .o_amanat_discard`;
const NOTICE = ".o_amanat_gone_row_notice";

class Order extends models.Model {
    _name = "test.order";
    name = fields.Char();
    code = fields.Char({readonly: true});
    locked = fields.Char();
    note = fields.Char();
    file = fields.Binary();
    html = fields.Html();
    date = fields.Datetime();
    owner_id = fields.Many2one({relation: "test.owner"});
    part_ids = fields.One2many({relation: "test.part", relation_field: "order_id"});
    props = fields.Properties({
        definition_record: "owner_id",
        definition_record_field: "definition",
    });
    _views = {
        list: `<list><field name="name"/></list>`,
        form: `<form><field name="name"/></form>`,
    };
    _records = [
        {id: 2, name: "other"},
        {
            id: 1,
            name: "order",
            code: "0001",
            locked: "secret",
            note: "forced",
            file: "aGVsbG8=",
            html: "<p>text</p>",
            date: "2026-11-20 10:11:12",
            owner_id: 1,
            props: {p1: "blue"},
            part_ids: [1],
        },
    ];
}

class Part extends models.Model {
    _name = "test.part";
    name = fields.Char();
    order_id = fields.Many2one({relation: "test.order"});
    parent_id = fields.Many2one({relation: "test.part"});
    sub_ids = fields.One2many({relation: "test.part", relation_field: "parent_id"});
    partner_ids = fields.Many2many({relation: "test.partner"});
    _records = [
        {id: 1, name: "door", order_id: 1, partner_ids: [2], sub_ids: [2]},
        {id: 2, name: "hinge", parent_id: 1},
    ];
}

class Owner extends models.Model {
    _name = "test.owner";
    name = fields.Char();
    definition = fields.PropertiesDefinition();
    _records = [
        {id: 1, name: "owner", definition: [{name: "p1", type: "char", string: "P1"}]},
    ];
}

defineLiveModels();
defineModels([Order, Part, Owner]);
describe.current.tags("desktop");
beforeEach(() => makeLive(["test.sheet", "test.order"]));

const ARCH = `
    <form>
        <field name="name"/><field name="quantity"/><field name="amount"/>
        <field name="state"/><field name="partner_id"/><field name="date"/>
        <field name="partner_ids" widget="many2many_tags"/>
        <field name="line_ids">
            <list editable="bottom"><field name="name"/><field name="quantity"/></list>
        </field>
    </form>`;
const LIST = `<list editable="bottom"><field name="name"/><field name="quantity"/></list>`;

async function mountForm(params = {}) {
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        resIds: [1, 2, 3],
        arch: ARCH,
        ...params,
    });
    await subscribed(`amanat_realtime:${params.resModel || "test.sheet"}`);
}

/** Somebody deletes it, in the mock database too. */
async function tellDeleted(id, model = "test.sheet") {
    MockServer.env[model].unlink([id]);
    await tell({model, unlink: [id]});
}

function stepCreations(model = "test.sheet") {
    onRpc(model, "web_save", ({args}) => {
        if (!args[0].length) {
            expect.step(args[1]);
        }
    });
}

const db = (model = "test.sheet") => MockServer.env[model];
const input = (name) => `.o_field_widget[name=${name}] input`;
const rootRecords = () => {
    const [patcher] = getService("amanat_realtime").patchers.values();
    return patcher.model.root.records;
};

describe("form", () => {
    test("restored with what is on screen, in the place of the old one", async () => {
        stepCreations();
        await mountForm();
        await contains(input("name")).edit("mine");
        await tellDeleted(1);
        expect(BANNER).toHaveText(/kept, but it cannot be saved/);
        await contains(RESTORE).click();
        await settle();
        expect.verifySteps([
            {
                name: "mine",
                quantity: 1,
                amount: 1.5,
                state: "draft",
                partner_id: 1,
                date: false,
                partner_ids: [[6, false, [1, 2]]],
                line_ids: [
                    [0, false, {name: "paper", quantity: 1}],
                    [0, false, {name: "toner", quantity: 2}],
                ],
            },
        ]);
        expect(BANNER).toHaveCount(0);
        expect(input("name")).toHaveValue("mine");
        expect(".o_data_row").toHaveCount(2);
        expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
        expect(".o_pager_value").toHaveText("1");
        expect(".o_pager_limit").toHaveText("3");
        const [{id}] = db().search_read([["name", "=", "mine"]], ["id"]);
        expect(id).toBeGreaterThan(3);
        await contains(input("name")).edit("more");
        await contains(".o_form_button_save").click();
        expect(db().read([id], ["name"])[0].name).toBe("more");
    });

    test("text that is still being typed is restored too, without an onchange", async () => {
        stepCreations();
        onRpc("test.sheet", "onchange", () => expect.step("onchange"));
        await mountForm({
            arch: `<form><field name="name" on_change="1"/><field name="quantity"/></form>`,
        });
        await tellDeleted(1);
        await contains(input("name")).edit("typed", {confirm: false});
        // with the keyboard: nothing is left by a click before
        queryOne(RESTORE).dispatchEvent(new Event("click"));
        await animationFrame();
        await settle();
        expect.verifySteps([{name: "typed", quantity: 1}]);
        expect(input("name")).toHaveValue("typed");
    });

    test("lines: changed, added, deleted and in edition", async () => {
        stepCreations();
        await mountForm({
            arch: `<form><field name="line_ids"><list editable="bottom">
                <field name="name"/><field name="quantity"/></list></field></form>`,
        });
        await contains(".o_data_row:eq(0) .o_list_record_remove").click();
        await contains(".o_field_x2many_list_row_add a").click();
        await contains(".o_selected_row [name=name] input").edit("ink", {
            confirm: false,
        });
        await contains(".o_data_row:eq(0) [name=quantity]").click();
        await contains(".o_selected_row [name=quantity] input").edit("22", {
            confirm: false,
        });
        await tellDeleted(1);
        await contains(RESTORE).click();
        await settle();
        expect.verifySteps([
            {
                line_ids: [
                    [0, false, {name: "toner", quantity: 22}],
                    [0, false, {name: "ink", quantity: 0}],
                ],
            },
        ]);
        expect(".o_data_row").toHaveCount(2);
    });

    test("lines of another page are not known: the person is told", async () => {
        stepCreations();
        await mountForm({
            arch: `<form><field name="name"/><field name="line_ids">
                <list limit="1"><field name="name"/></list></field></form>`,
        });
        await tellDeleted(1);
        await contains(RESTORE).click();
        await settle();
        expect.verifySteps([{name: "first", line_ids: [[0, false, {name: "paper"}]]}]);
        expect(".o_notification").toHaveText(/not be restored: 1 lines of “Line/);
    });

    test("readonly fields, files and other types", async () => {
        stepCreations("test.order");
        onRpc("test.order", "web_read", ({parent}) => {
            const result = parent();
            result.forEach((values) => Object.assign(values, {file: "5.00 bytes"}));
            return result;
        });
        await mountForm({
            resModel: "test.order",
            resIds: [1],
            arch: `
                <form>
                    <field name="name"/><field name="code"/><field name="file"/>
                    <field name="locked" readonly="name"/>
                    <field name="note" readonly="1" force_save="1"/>
                    <field name="html"/><field name="date"/>
                </form>`,
        });
        await tellDeleted(1, "test.order");
        await contains(RESTORE).click();
        await settle();
        expect.verifySteps([
            {
                name: "order",
                note: "forced",
                html: "<p>text</p>",
                date: "2026-11-20 10:11:12",
            },
        ]);
        expect(".o_notification").toHaveText(
            /not be restored: (File and Locked|Locked and File)/
        );
    });

    test("lines of lines, and lines with relations of their own", async () => {
        stepCreations("test.order");
        const parts = `
            <list editable="bottom">
                <field name="name"/>
                <field name="partner_ids" widget="many2many_tags"/>
                <field name="sub_ids" widget="one2many">
                    <list><field name="name"/></list>
                </field>
            </list>`;
        await mountForm({
            resModel: "test.order",
            resIds: [1],
            arch: `<form><field name="part_ids">${parts}</field></form>`,
        });
        await tellDeleted(1, "test.order");
        await contains(RESTORE).click();
        await settle();
        const subs = [[0, false, {name: "hinge"}]];
        expect.verifySteps([
            {
                part_ids: [
                    [
                        0,
                        false,
                        {name: "door", partner_ids: [[6, false, [2]]], sub_ids: subs},
                    ],
                ],
            },
        ]);
    });

    test("properties", async () => {
        stepCreations("test.order");
        await mountForm({
            resModel: "test.order",
            resIds: [1],
            arch: `<form><field name="owner_id"/><field name="props"/></form>`,
        });
        await tellDeleted(1, "test.order");
        await contains(RESTORE).click();
        await settle();
        expect.verifySteps([
            {
                owner_id: 1,
                props: [{name: "p1", type: "char", string: "P1", value: "blue"}],
            },
        ]);
    });

    test("refused by the server: the error shows, nothing on screen is lost", async () => {
        expect.errors(1);
        let refuses = true;
        onRpc("test.sheet", "web_save", () => {
            if (refuses) {
                throw makeServerError({message: "You may not create this"});
            }
        });
        await mountForm();
        await contains(input("name")).edit("mine");
        await tellDeleted(1);
        await contains(RESTORE).click();
        await animationFrame();
        expect.verifyErrors(["You may not create this"]);
        expect(".o_error_dialog").toHaveText(/You may not create this/);
        await contains(".o_error_dialog .btn-primary").click();
        expect(input("name")).toHaveValue("mine");
        expect(".o_data_row").toHaveCount(2);
        expect(BANNER).toHaveCount(1);
        refuses = false;
        await contains(RESTORE).click();
        await settle();
        expect(BANNER).toHaveCount(0);
        expect(input("name")).toHaveValue("mine");
    });

    test("a required field is missing: nothing is sent", async () => {
        stepCreations();
        await mountForm({arch: `<form><field name="name" required="1"/></form>`});
        await contains(input("name")).edit("");
        await tellDeleted(1);
        await contains(RESTORE).click();
        await settle();
        expect.verifySteps([]);
        expect(".o_field_widget[name=name]").toHaveClass("o_field_invalid");
        expect(BANNER).toHaveCount(1);
        await contains(input("name")).edit("again");
        await contains(RESTORE).click();
        await settle();
        expect.verifySteps([{name: "again"}]);
    });

    test("two clicks create one record", async () => {
        const created = new Deferred();
        stepCreations();
        onRpc("test.sheet", "web_save", async () => {
            await created;
        });
        await mountForm({arch: `<form><field name="name"/></form>`});
        await tellDeleted(1);
        const click = () => queryOne(RESTORE).dispatchEvent(new Event("click"));
        click();
        click();
        await animationFrame();
        expect(RESTORE).not.toBeEnabled();
        created.resolve();
        await settle();
        expect.verifySteps([{name: "first"}]);
    });

    test("not offered where nothing may be created", async () => {
        await mountForm({arch: ARCH.replace("<form", `<form create="0"`)});
        await tell({unlink: [1]});
        expect(RESTORE).toHaveCount(0);
        expect(DISCARD).toHaveCount(1);
    });

    test("not offered to those who lost their rights", async () => {
        await mountForm();
        await tell({leave: [1]});
        expect(BANNER).toHaveText(/no longer have access/);
        expect(RESTORE).toHaveCount(0);
        expect(DISCARD).toHaveCount(1);
    });

    test("discard goes on to the next record", async () => {
        await mountForm();
        await contains(input("name")).edit("mine");
        await tellDeleted(1);
        await contains(DISCARD).click();
        await settle();
        expect(input("name")).toHaveValue("second");
        expect(".o_pager_limit").toHaveText("2");
        expect(BANNER).toHaveCount(0);
    });

    test("discard of the only record leaves an empty form", async () => {
        await mountForm({resIds: [1]});
        await tellDeleted(1);
        await contains(DISCARD).click();
        await settle();
        expect(input("name")).toHaveValue("");
        expect(BANNER).toHaveCount(0);
    });

    test("discard goes back to where the person came from", async () => {
        await mountWithCleanup(WebClient);
        await getService("action").doAction({
            type: "ir.actions.act_window",
            res_model: "test.order",
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
        await contains(".o_data_cell:contains(order)").click();
        await subscribed("amanat_realtime:test.order");
        await contains(input("name")).edit("mine");
        await tellDeleted(1, "test.order");
        await contains(DISCARD).click();
        await settle();
        expect(".o_form_view").toHaveCount(0);
        expect(".o_list_view .o_data_row").toHaveCount(1);
        expect(".o_data_row").toHaveText("other");
    });

    test("in a dialog: discard closes it, restoring does not", async () => {
        stepCreations("test.order");
        await mountWithCleanup(WebClient);
        getService("dialog").add(FormViewDialog, {resModel: "test.order", resId: 1});
        await animationFrame();
        await subscribed("amanat_realtime:test.order");
        await tellDeleted(1, "test.order");
        await contains(`.modal ${RESTORE}`).click();
        await settle();
        expect.verifySteps([{name: "order"}]);
        expect(".modal .o_form_view").toHaveCount(1);
        expect(BANNER).toHaveCount(0);
        const [{id}] = db("test.order").search_read([["name", "=", "order"]], ["id"]);
        await tellDeleted(id, "test.order");
        await contains(`.modal ${DISCARD}`).click();
        await animationFrame();
        expect(".modal").toHaveCount(0);
    });
});

describe("list", () => {
    async function mountList(params = {}) {
        await mountView({type: "list", resModel: "test.sheet", arch: LIST, ...params});
        await subscribed();
    }

    async function deleteEdited() {
        const [record] = rootRecords();
        await tellDeleted(1);
        offerRestore(record, record.amanatGone);
        offerRestore(record, record.amanatGone);
        await animationFrame();
    }

    const press = (text) => contains(`${NOTICE} button:contains(${text})`).click();

    test("a row in edition is restored as it stands there", async () => {
        stepCreations();
        await mountList();
        await contains(cell(0, "name")).click();
        await contains(".o_selected_row [name=name] input").edit("mine", {
            confirm: false,
        });
        await deleteEdited();
        expect(NOTICE).toHaveCount(1);
        expect(NOTICE).toHaveText(
            /deleted by John\. Your changes are still in the row/
        );
        await press("Restore as new");
        await settle();
        expect.verifySteps([{name: "mine", quantity: 1}]);
        expect(NOTICE).toHaveCount(0);
        expect(".o_notification").toHaveText("The record was restored as a new one.");
        expect(".o_selected_row, .o_amanat_gone").toHaveCount(0);
        expect(".o_data_row").toHaveCount(3);
        expect(".o_data_row [name=name]:contains(mine)").toHaveCount(1);
    });

    test("refused by the server: the row and the offer stay", async () => {
        expect.errors(1);
        onRpc("test.sheet", "web_save", () => {
            throw makeServerError({message: "You may not create this"});
        });
        await mountList();
        await contains(cell(0, "name")).click();
        await contains(".o_selected_row [name=name] input").edit("mine", {
            confirm: false,
        });
        await deleteEdited();
        await press("Restore as new");
        await animationFrame();
        expect.verifyErrors(["You may not create this"]);
        await contains(".o_error_dialog .btn-primary").click();
        expect(".o_selected_row [name=name] input").toHaveValue("mine");
        expect(NOTICE).toHaveCount(1);
        expect(".o_notification").toHaveCount(1);
    });

    test("discard lets the row go", async () => {
        stepCreations();
        await mountList();
        await contains(cell(0, "name")).click();
        await contains(".o_selected_row [name=name] input").edit("mine", {
            confirm: false,
        });
        await deleteEdited();
        await press("Discard");
        await settle();
        expect.verifySteps([]);
        expect(".o_data_row").toHaveCount(2);
        expect(".o_selected_row").toHaveCount(0);
        expect(".o_notification").toHaveCount(0);
    });

    test("the offer goes when the row is released in another way", async () => {
        await mountList();
        await contains(cell(0, "name")).click();
        await deleteEdited();
        expect(NOTICE).toHaveText(/kept while you are in it/);
        await contains(cell(1, "name")).click();
        await advanceTime(10);
        await settle();
        expect(".o_data_row").toHaveCount(2);
        expect(NOTICE).toHaveCount(0);
    });

    test("no offer for rows that nobody changes, lost rights or where nothing is created", async () => {
        await mountList({arch: LIST.replace("<list", `<list create="0"`)});
        const [first, second] = rootRecords();
        offerRestore(first, {deleted: true});
        await contains(cell(1, "name")).click();
        offerRestore(second, {deleted: false});
        await animationFrame();
        expect(NOTICE).toHaveCount(0);
        offerRestore(second, {deleted: true});
        await animationFrame();
        expect(`${NOTICE} button:contains(Discard)`).toHaveCount(1);
        expect(`${NOTICE} button:contains(Restore)`).toHaveCount(0);
    });
});
