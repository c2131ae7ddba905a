import {defineModels, fields, models} from "@web/../tests/web_test_helpers";
import {defineBusModels} from "@bus/../tests/bus_test_helpers";
import {makeLive} from "../realtime_test_helpers";

const ORDER = "sequence, id";

/** What orders two values of a field, as PostgreSQL does: nothing comes last. */
function rankOf(env, field, value) {
    if (value === false || value === undefined) {
        return null;
    }
    if (field.type === "many2one") {
        return env[field.relation].find(({id}) => id === value).name;
    }
    if (field.type === "selection") {
        return field.selection.findIndex(([key]) => key === value);
    }
    return value;
}

function compare(a, b) {
    if (a === null || b === null) {
        return Number(a === null) - Number(b === null);
    }
    return Number(a > b) - Number(a < b);
}

export class Partner extends models.Model {
    _name = "walk.partner";
    name = fields.Char();
    _records = [
        {id: 1, name: "Azure"},
        {id: 2, name: "Gemini"},
        {id: 3, name: "Lumber"},
        {id: 4, name: "Zoe"},
    ];
}

export class Tag extends models.Model {
    _name = "walk.tag";
    name = fields.Char();
    _records = [
        {id: 1, name: "blue"},
        {id: 2, name: "green"},
        {id: 3, name: "red"},
    ];
}

let lastId = 0;

class Numbered extends models.Model {
    /** As in PostgreSQL, the number of a deleted record is never given again. */
    _getNextId() {
        return ++lastId;
    }

    /** The answer to a save of what is gone has tests of its own. */
    write(ids, values) {
        const known = [ids].flat().filter((id) => this.some((r) => r.id === id));
        return super.write(known, values);
    }
}

export class Line extends Numbered {
    _name = "walk.line";
    name = fields.Char();
    quantity = fields.Integer();
    sheet_id = fields.Many2one({relation: "walk.sheet"});
    _records = Array.from({length: 12}, (_, index) => ({
        id: index + 1,
        name: `line ${index + 1}`,
        quantity: index % 5,
        sheet_id: 1 + (index % 3),
    }));
}

const STATES = ["draft", "blocked", "done"];

/**
 * A model with all that decides about rows: an order of its own, an active field, and
 * records that the person may not read. Reads give the same order each time.
 */
export class Sheet extends Numbered {
    _name = "walk.sheet";
    _order = ORDER;
    name = fields.Char();
    sequence = fields.Integer({default: 500});
    quantity = fields.Integer({aggregator: "sum"});
    amount = fields.Float({aggregator: "max"});
    date = fields.Date();
    active = fields.Boolean({default: true});
    hidden = fields.Boolean();
    state = fields.Selection({
        default: "draft",
        selection: [
            ["draft", "Draft"],
            ["blocked", "Blocked"],
            ["done", "Done"],
        ],
    });
    partner_id = fields.Many2one({relation: "walk.partner"});
    tag_ids = fields.Many2many({relation: "walk.tag"});
    line_ids = fields.One2many({relation: "walk.line", relation_field: "sheet_id"});
    _records = Array.from({length: 14}, (_, index) => ({
        id: index + 1,
        name: `sheet ${index + 1}`,
        sequence: (index * 7) % 10,
        quantity: (index * 5) % 8,
        amount: (index * 3) % 7,
        date: index % 5 ? `2026-0${1 + (index % 4)}-1${index % 9}` : false,
        state: STATES[index % 3],
        partner_id: index % 5 || false,
        tag_ids: [1, 2, 3].filter((tag) => (index + tag) % 3 === 0 || index % tag),
        line_ids: index < 3 ? [1, 4, 7, 10].map((line) => line + index) : [],
    }));

    /** A record rule. */
    _filter() {
        return super._filter(...arguments).filter(({hidden}) => !hidden);
    }

    _search({domain, context, order, offset = 0, limit}) {
        const parts = [...(order || ORDER).split(","), "id"].map((part) => {
            const [name, direction = "ASC"] = part.trim().split(/\s+/);
            return {
                field: {...this._fields[name], name},
                isAsc: /asc/i.test(direction),
            };
        });
        const found = [...this._filter(domain, {active_test: context?.active_test})];
        found.sort((a, b) => {
            for (const {field, isAsc} of parts) {
                const [x, y] = [a, b].map((r) =>
                    rankOf(this.env, field, r[field.name])
                );
                const order = compare(x, y);
                if (order) {
                    return isAsc ? order : -order;
                }
            }
            return 0;
        });
        const end = limit ? offset + limit : undefined;
        return {length: found.length, records: found.slice(offset, end)};
    }
}

export const SEARCH = `
    <search>
        <filter name="drafts" string="Drafts" domain="[('state', '=', 'draft')]"/>
        <filter name="small" string="Small" domain="[('quantity', '&lt;', 4)]"/>
        <filter name="partner" string="Partner" domain="[('partner_id', '!=', False)]"/>
        <filter name="blue" string="Blue" domain="[('tag_ids', 'in', [1])]"/>
        <filter name="by_partner" string="By partner" context="{'group_by': 'partner_id'}"/>
        <filter name="by_state" string="By state" context="{'group_by': 'state'}"/>
        <filter name="by_tag" string="By tag" context="{'group_by': 'tag_ids'}"/>
        <filter name="by_date" string="By date" context="{'group_by': 'date:month'}"/>
    </search>`;

export function defineWalkModels() {
    defineBusModels();
    defineModels([Partner, Tag, Line, Sheet]);
}

export function makeWalkLive() {
    lastId = 100;
    makeLive(["walk.sheet", "walk.line"], {orders: {"walk.sheet": ORDER}});
}
