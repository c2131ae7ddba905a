import {expect} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineBusModels} from "@bus/../tests/bus_test_helpers";
import {makeLive, subscribed, tell} from "../realtime_test_helpers";

const MODEL = "test.task";
const RELATIONS = {project_id: "test.project"};

export class Project extends models.Model {
    _name = "test.project";
    name = fields.Char();
    _records = [
        {id: 1, name: "Azure"},
        {id: 2, name: "Gemini"},
        {id: 3, name: "Lumber"},
    ];
}

export class Currency extends models.Model {
    _name = "res.currency";
    name = fields.Char();
    _records = [
        {id: 1, name: "USD"},
        {id: 2, name: "EUR"},
    ];
}

export class Task extends models.Model {
    _name = MODEL;
    _order = "sequence, id";
    name = fields.Char();
    active = fields.Boolean({default: true});
    sequence = fields.Integer();
    rank = fields.Integer({aggregator: "sum"});
    best = fields.Integer({aggregator: "max"});
    price = fields.Monetary({aggregator: "sum", currency_field: "currency_id"});
    currency_id = fields.Many2one({relation: "res.currency"});
    start = fields.Datetime();
    date = fields.Date();
    state = fields.Selection({
        selection: [
            ["draft", "Draft"],
            ["blocked", "Blocked"],
            ["done", "Done"],
        ],
    });
    project_id = fields.Many2one({relation: "test.project"});
    parent_id = fields.Many2one({relation: MODEL});
    project_ids = fields.Many2many({relation: "test.project"});

    /** A page without records says nothing about the others, as on the real server. */
    web_search_read() {
        const result = super.web_search_read(...arguments);
        return result.records.length ? result : {...result, length: 0};
    }
}

/** A model whose records can be archived and have an order of their own. */
export function defineTaskModels(records) {
    defineBusModels();
    Task._records = records;
    defineModels([Task, Project, Currency]);
}

export const tasks = () => MockServer.env[MODEL];

function inReadFormat(fieldName, value) {
    const relation = RELATIONS[fieldName];
    if (!relation || !value) {
        return value;
    }
    const [{id, name}] = MockServer.env[relation].browse(value);
    return {id, display_name: name};
}

/** What somebody else does: changes the mock database and says it as the server does. */
export const colleague = {
    /** @returns {object} what a message says of it */
    write(ids, values) {
        const update = ids.map((id) => {
            const [before] = tasks().browse(id);
            const diff = {};
            const stale = [];
            for (const [fieldName, value] of Object.entries(values)) {
                if (Array.isArray(value)) {
                    stale.push(fieldName);
                } else {
                    diff[fieldName] = [
                        inReadFormat(fieldName, before[fieldName]),
                        inReadFormat(fieldName, value),
                    ];
                }
            }
            return {ids: [id], diff, stale};
        });
        const isMany = ([, value]) => Array.isArray(value);
        const commands = Object.entries(values)
            .filter(isMany)
            .map(([fieldName, value]) => [fieldName, [[6, 0, value]]]);
        tasks().write(ids, {...values, ...Object.fromEntries(commands)});
        return {update};
    },

    create(...valuesList) {
        return {create: [...tasks().create(valuesList)]};
    },

    unlink(ids) {
        tasks().unlink(ids);
        return {unlink: ids};
    },

    /** A rule that hides records is a database without them. */
    hide(ids) {
        tasks().unlink(ids);
        return {leave: ids};
    },

    show(...valuesList) {
        return {enter: [...tasks().create(valuesList)]};
    },
};

/** @param {...object} parts what happened in one transaction */
export function tellTasks(...parts) {
    const message = {};
    for (const [key, entries] of parts.flatMap(Object.entries)) {
        message[key] = [...(message[key] || []), ...entries];
    }
    return tell({model: MODEL, ...message});
}

/** From then on every rpc of the view is a step named by its method. */
export async function mountTasks(type, arch, params = {}) {
    makeLive([MODEL], {orders: {[MODEL]: "sequence, id"}});
    const view = await mountView({type, resModel: MODEL, arch, ...params});
    await subscribed(`amanat_realtime:${MODEL}`);
    onRpc(MODEL, "*", ({method}) => {
        expect.step(method);
    });
    return view;
}

export const namesIn = (selector) => queryAllTexts(`${selector} [name=name]`);
export const rowNames = () => namesIn(".o_data_row");
