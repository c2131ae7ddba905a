// Promise: whatever others do, and whatever the person does meanwhile, in any order, a
// list ends as a fresh load would show it, and nothing that was typed is lost.
import {beforeEach, describe, test} from "@odoo/hoot";
import {findComponent, MockServer, mountView} from "@web/../tests/web_test_helpers";
import {MESSAGE_TYPE} from "@amanat_realtime/core/message";
import {ListController} from "@web/views/list/list_controller";
import {subscribed} from "../realtime_test_helpers";
import {AddingPerson, GroupingPerson, ListPerson} from "./list_person";
import {Prng} from "./prng";
import {seedsToWalk, Walk} from "./walk";
import {defineWalkModels, makeWalkLive, SEARCH} from "./walk_models";

defineWalkModels();
describe.current.tags("desktop");
beforeEach(makeWalkLive);

const FIELDS = `
    <field name="name"/><field name="quantity" sum="Total"/><field name="amount"/>
    <field name="state"/><field name="partner_id"/><field name="date"/>
    <field name="tag_ids" widget="many2many_tags"/>`;

async function walkInList(
    seed,
    {Who = ListPerson, attributes = "", receive, ...params} = {}
) {
    const view = await mountView({
        type: "list",
        resModel: "walk.sheet",
        arch: `<list editable="bottom" ${attributes}>${FIELDS}</list>`,
        searchViewArch: SEARCH,
        ...params,
    });
    await subscribed("amanat_realtime:walk.sheet");
    const controller = findComponent(view, (c) => c instanceof ListController);
    const person = new Who(new Prng(seed + 2));
    await new Walk({seed, controller, person, receive}).run();
}

for (const seed of seedsToWalk([1, 2, 3, 4])) {
    test(`a plain list, seed ${seed}`, () => walkInList(seed));
}

const throughWebsocket = (payload) =>
    MockServer.env["bus.bus"]._sendone(
        `amanat_realtime:${payload.model}`,
        MESSAGE_TYPE,
        payload
    );

for (const seed of seedsToWalk([51])) {
    test(`a list and a websocket, seed ${seed}`, () =>
        walkInList(seed, {receive: throughWebsocket}));
}

for (const seed of seedsToWalk([101, 102, 103])) {
    test(`a list in pages, seed ${seed}`, () =>
        walkInList(seed, {attributes: `limit="4" count_limit="9"`}));
}

for (const seed of seedsToWalk([201, 202])) {
    test(`a sorted list with new rows, seed ${seed}`, () =>
        walkInList(seed, {
            Who: AddingPerson,
            attributes: `default_order="quantity desc"`,
        }));
}

for (const seed of seedsToWalk([301, 302, 303, 304])) {
    test(`a list in groups, seed ${seed}`, () =>
        walkInList(seed, {
            Who: GroupingPerson,
            attributes: `expand="1"`,
            context: {search_default_by_partner: 1},
        }));
}

for (const seed of seedsToWalk([401, 402])) {
    test(`a list in two levels of groups, seed ${seed}`, () =>
        walkInList(seed, {
            Who: GroupingPerson,
            attributes: `expand="1"`,
            context: {search_default_by_state: 1, search_default_by_partner: 2},
        }));
}
