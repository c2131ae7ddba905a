// Promise: a form and its lines end as a fresh load would show them, whatever others do
// to the record and to its lines while the person fills them in.
import {beforeEach, describe, test} from "@odoo/hoot";
import {findComponent, mountView} from "@web/../tests/web_test_helpers";
import {FormController} from "@web/views/form/form_controller";
import {subscribed} from "../realtime_test_helpers";
import {FormPerson} from "./form_person";
import {Prng} from "./prng";
import {seedsToWalk, Walk} from "./walk";
import {defineWalkModels, makeWalkLive} from "./walk_models";

defineWalkModels();
describe.current.tags("desktop");
beforeEach(makeWalkLive);

async function walkInForm(seed, lines) {
    const view = await mountView({
        type: "form",
        resModel: "walk.sheet",
        resId: 1,
        arch: `
            <form>
                <group>
                    <field name="name"/><field name="quantity"/><field name="state"/>
                    <field name="partner_id"/><field name="date"/>
                    <field name="tag_ids" widget="many2many_tags"/>
                </group>
                <field name="line_ids">${lines}</field>
            </form>`,
    });
    await subscribed("amanat_realtime:walk.sheet");
    const controller = findComponent(view, (c) => c instanceof FormController);
    const person = new FormPerson(new Prng(seed + 2));
    await new Walk({seed, controller, person, shown: 1}).run();
}

for (const seed of seedsToWalk([801, 802, 803, 804])) {
    test(`a form with a list of lines, seed ${seed}`, () =>
        walkInForm(
            seed,
            `<list editable="bottom"><field name="name"/><field name="quantity"/></list>`
        ));
}

for (const seed of seedsToWalk([901, 902])) {
    test(`a form with lines in pages, seed ${seed}`, () =>
        walkInForm(
            seed,
            `<list editable="bottom" limit="3">
                <field name="name"/><field name="quantity"/>
            </list>`
        ));
}

for (const seed of seedsToWalk([951, 952])) {
    test(`a form with cards as lines, seed ${seed}`, () =>
        walkInForm(
            seed,
            `<kanban><templates><t t-name="card">
                <field name="name"/> <field name="quantity"/>
            </t></templates></kanban>`
        ));
}
