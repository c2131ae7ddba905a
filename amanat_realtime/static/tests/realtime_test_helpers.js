import {animationFrame, advanceTime, freezeTime, tick} from "@odoo/hoot-mock";
import {after, expect} from "@odoo/hoot";
import {
    fields,
    makeServerError,
    MockServer,
    models,
    defineModels,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {
    defineBusModels,
    waitForChannels,
    waitNotifications,
} from "@bus/../tests/bus_test_helpers";
import {CONFLICT_ERROR} from "@amanat_realtime/conflict/conflict_error";
import {Pacer} from "@amanat_realtime/model/pacer";
import {COLLECT_WINDOW} from "@amanat_realtime/model/refresher";
import {MESSAGE_TYPE} from "@amanat_realtime/core/message";
import {session} from "@web/session";
import "./readable_failures";

export const JOHN = {id: 70, name: "John"};

export class Partner extends models.Model {
    _name = "test.partner";
    name = fields.Char();
    definitions = fields.PropertiesDefinition();
    _records = [
        {
            id: 1,
            name: "Azure",
            definitions: [
                {name: "floor", string: "Floor", type: "char"},
                {name: "desk", string: "Desk", type: "char"},
            ],
        },
        {id: 2, name: "Gemini"},
        {id: 3, name: "Lumber"},
    ];
}

export class Line extends models.Model {
    _name = "test.line";
    name = fields.Char();
    quantity = fields.Integer();
    sequence = fields.Integer();
    sheet_id = fields.Many2one({relation: "test.sheet"});
    partner_ids = fields.Many2many({relation: "test.partner"});
    _records = [
        {id: 1, name: "paper", quantity: 1, sheet_id: 1},
        {id: 2, name: "toner", quantity: 2, sheet_id: 1},
    ];
}

export class Sheet extends models.Model {
    _name = "test.sheet";
    name = fields.Char();
    note = fields.Text();
    amount = fields.Float({aggregator: "sum"});
    quantity = fields.Integer({aggregator: "sum"});
    rank = fields.Integer();
    price = fields.Monetary({currency_field: "currency_id"});
    currency_id = fields.Many2one({relation: "res.currency"});
    date = fields.Date();
    start = fields.Datetime();
    checked = fields.Boolean();
    body = fields.Html();
    image = fields.Binary();
    properties = fields.Properties({
        definition_record: "partner_id",
        definition_record_field: "definitions",
    });
    state = fields.Selection({
        selection: [
            ["draft", "Draft"],
            ["blocked", "Blocked"],
            ["done", "Done"],
        ],
    });
    partner_id = fields.Many2one({relation: "test.partner"});
    partner_ids = fields.Many2many({relation: "test.partner"});
    line_ids = fields.One2many({relation: "test.line", relation_field: "sheet_id"});
    _records = [
        {
            id: 1,
            name: "first",
            quantity: 1,
            amount: 1.5,
            state: "draft",
            partner_id: 1,
            line_ids: [1, 2],
            partner_ids: [1, 2],
            properties: {floor: "1st", desk: "by the window"},
        },
        {
            id: 2,
            name: "second",
            quantity: 2,
            amount: 2.5,
            state: "draft",
            partner_id: 2,
        },
        {id: 3, name: "third", quantity: 3, amount: 3.5, state: "done", partner_id: 1},
    ];
}

/** Mock models of this suite, live as the server would say in the session. */
export function defineLiveModels() {
    defineBusModels();
    defineModels([Sheet, Line, Partner]);
}

export function makeLive(liveModels = ["test.sheet"], extra = {}) {
    patchWithCleanup(session, {amanat_realtime: {models: liveModels, ...extra}});
    // Tests do not depend on how fast they are run.
    patchWithCleanup(Pacer, {CHEAP: Infinity});
}

/** The worker of the bus collects channels for so long. */
const SUBSCRIBE_DELAY = 300;

/** In the time of the test, not of the machine: there are hundreds of tests. */
export async function subscribed(channel = "amanat_realtime:test.sheet") {
    let isDone = false;
    const done = waitForChannels([channel]).then(() => (isDone = true));
    for (let turn = 0; turn < 10 && !isDone; turn++) {
        await tick();
        await advanceTime(SUBSCRIBE_DELAY);
    }
    await done;
}

/**
 * What the server tells this tab; the person and the tab are somebody else's.
 */
export async function tell(message, {channel} = {}) {
    await tellAll([message], {channel});
}

/** What it tells at once: a slow machine may read again between several `tell`. */
export async function tellAll(messages, {channel} = {}) {
    for (const message of messages) {
        const payload =
            message && Object.keys(message).length
                ? {v: 1, model: "test.sheet", by: JOHN, tab: "another", ...message}
                : message;
        MockServer.env["bus.bus"]._sendone(
            channel || `amanat_realtime:${payload?.model || "test.sheet"}`,
            MESSAGE_TYPE,
            payload
        );
    }
    await waitNotifications(...messages.map(() => [MESSAGE_TYPE]));
    await animationFrame();
    await animationFrame();
}

/** One changed field of one record, also in the mock database. */
export async function tellChange(id, fieldName, oldValue, newValue, extra = {}) {
    const stored = newValue && typeof newValue === "object" ? newValue.id : newValue;
    MockServer.env["test.sheet"].write([id], {[fieldName]: stored});
    await tell({
        update: [{ids: [id], diff: {[fieldName]: [oldValue, newValue]}}],
        ...extra,
    });
}

/** One person's save is refused, as the server does it. */
export function makeConflictError(...conflicts) {
    return makeServerError({
        errorName: CONFLICT_ERROR,
        message: "John changed this while you were changing it.",
        context: {
            model: "test.sheet",
            conflicts: conflicts.map((conflict) => ({
                id: 1,
                path: [],
                by: JOHN,
                at: "2026-11-20T10:11:12.123456Z",
                ...conflict,
            })),
        },
    });
}

/**
 * From now on, no time passes by itself: a busy machine takes its time between two steps.
 * Call it before anything else. What still waits for a frame at the end gets it, for
 * modules know of it in the next test.
 */
export function stopClock() {
    freezeTime();
    after(() => advanceTime(100, {animationFrame: false}));
}

/** Time passes, and no timer runs: the machine was suspended, or had too much to do. */
export function sleep(seconds) {
    const {now} = Date;
    patchWithCleanup(Date, {now: () => now() + seconds * 1000});
}

/** Let the collection window pass and the answer be drawn. */
export async function settle() {
    await advanceTime(COLLECT_WINDOW + 5);
    await animationFrame();
    await animationFrame();
}

/** From now on every rpc of the view is a step named by its method. */
export function stepCalls() {
    onRpc("test.sheet", "*", ({method}) => {
        expect.step(method);
    });
}

export const cell = (row, name) => `.o_data_row:eq(${row}) [name=${name}]`;
export const pager = ".o_pager_value";
