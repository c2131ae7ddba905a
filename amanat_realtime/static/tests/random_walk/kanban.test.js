// Promise: whatever others do while the person drags, folds and filters, a kanban ends
// with each card in its column and place, as a fresh load would show it.
import {beforeEach, describe, test} from "@odoo/hoot";
import {
    findComponent,
    mountView,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {AnimatedNumber} from "@web/views/view_components/animated_number";
import {subscribed} from "../realtime_test_helpers";
import {KanbanPerson} from "./kanban_person";
import {Prng} from "./prng";
import {seedsToWalk, Walk} from "./walk";
import {defineWalkModels, makeWalkLive, SEARCH} from "./walk_models";

defineWalkModels();
describe.current.tags("desktop");
beforeEach(() => {
    makeWalkLive();
    patchWithCleanup(AnimatedNumber, {enableAnimations: false});
});

const BAR = `
    <progressbar field="state"
        colors='{"draft": "info", "done": "success", "blocked": "danger"}'/>`;

async function walkInKanban(seed, groupBy, {bar = "", limit = 40, canDrag} = {}) {
    const view = await mountView({
        type: "kanban",
        resModel: "walk.sheet",
        arch: `
            <kanban limit="${limit}">
                ${bar}<field name="sequence"/>
                <templates><t t-name="card">
                    <field name="name"/> <field name="quantity"/> <field name="state"/>
                    <field name="partner_id"/> <field name="tag_ids"/>
                </t></templates>
            </kanban>`,
        searchViewArch: SEARCH,
        groupBy,
    });
    await subscribed("amanat_realtime:walk.sheet");
    const controller = findComponent(view, (c) => c instanceof KanbanController);
    const person = new KanbanPerson(new Prng(seed + 2), {canDrag});
    await new Walk({seed, controller, person}).run();
}

for (const seed of seedsToWalk([501, 502, 503])) {
    test(`a kanban by partner, seed ${seed}`, () => walkInKanban(seed, ["partner_id"]));
}

for (const seed of seedsToWalk([601, 602])) {
    test(`a kanban by state, a few cards per column, seed ${seed}`, () =>
        walkInKanban(seed, ["state"], {limit: 3, canDrag: false}));
}

for (const seed of seedsToWalk([701, 702, 703])) {
    test(`a kanban with progress bars, seed ${seed}`, () =>
        walkInKanban(seed, ["partner_id"], {bar: BAR}));
}
