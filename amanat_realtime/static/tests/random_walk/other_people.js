import {MockServer} from "@web/../tests/web_test_helpers";

const SHEET = "walk.sheet";
const LINE = "walk.line";
const PEOPLE = [
    {id: 70, name: "John"},
    {id: 71, name: "Mary"},
];
const TO_MANY = ["many2many", "one2many"];

const db = (model) => MockServer.env[model];
const isReadable = (record) => Boolean(record) && !record.hidden;

/**
 * Everybody else: they change the mock database, and what they did is told as the real
 * server tells it: one message per model and transaction, with what this person may know.
 */
export class OtherPeople {
    /**
     * @param {{
     *  rng: import("./prng").Prng,
     *  skew: number,
     *  shown?: number,
     * }} params `skew`: milliseconds by which the server's clock is ahead; `shown`: a
     *  record that is changed more often than others, and stays
     */
    constructor({rng, skew, shown}) {
        Object.assign(this, {rng, skew, shown});
        /** @type {object[]} told by the server, but still on its way */
        this.outbox = [];
        this.sent = [];
        this.counter = 0;
    }

    // -------------------------------------------------------------------------
    // Messages
    // -------------------------------------------------------------------------

    photograph() {
        return new Map(
            [SHEET, LINE].map((model) => [
                model,
                new Map(db(model).map((r) => [r.id, structuredClone({...r})])),
            ])
        );
    }

    wire(field, value) {
        if (field.type === "many2one") {
            const name = value && db(field.relation).find(({id}) => id === value).name;
            return value ? {id: value, display_name: name} : false;
        }
        return value ?? false;
    }

    describeUpdate(model, before, after) {
        const diff = {};
        const stale = [];
        for (const [name, field] of Object.entries(db(model)._fields)) {
            const [old, now] = [before[name], after[name]];
            if (JSON.stringify(old) === JSON.stringify(now) || name === "hidden") {
                continue;
            }
            if (TO_MANY.includes(field.type) || name === "display_name") {
                stale.push(name);
            } else {
                diff[name] = [this.wire(field, old), this.wire(field, now)];
            }
        }
        return {diff, stale};
    }

    describe(model, photo, staleLines) {
        const message = {update: [], create: [], unlink: [], enter: [], leave: []};
        const now = new Map(db(model).map((r) => [r.id, r]));
        const alike = new Map();
        for (const id of new Set([...photo.keys(), ...now.keys()])) {
            const [before, after] = [photo.get(id), now.get(id)];
            const [was, is] = [isReadable(before), isReadable(after)];
            if (was && is) {
                const {diff, stale} = this.describeUpdate(model, before, after);
                if (
                    model === SHEET &&
                    staleLines.has(id) &&
                    !stale.includes("line_ids")
                ) {
                    stale.push("line_ids");
                }
                if (Object.keys(diff).length || stale.length) {
                    const key = JSON.stringify([diff, stale]);
                    alike.set(key, [...(alike.get(key) || []), id]);
                }
            } else if (was) {
                message[after ? "leave" : "unlink"].push(id);
            } else if (is) {
                message[before ? "enter" : "create"].push(id);
            }
        }
        for (const [key, ids] of alike) {
            const [diff, stale] = JSON.parse(key);
            message.update.push({ids, diff, stale});
        }
        return Object.fromEntries(Object.entries(message).filter(([, v]) => v.length));
    }

    changedLines(photo) {
        const parents = new Set();
        const before = photo.get(LINE);
        const now = new Map(db(LINE).map((r) => [r.id, r]));
        for (const id of new Set([...before.keys(), ...now.keys()])) {
            if (JSON.stringify(before.get(id)) !== JSON.stringify({...now.get(id)})) {
                parents.add(before.get(id)?.sheet_id).add(now.get(id)?.sheet_id);
            }
        }
        return parents;
    }

    /**
     * @param {() => void} change what one transaction does to the mock database
     * @param {{refresh?: boolean}} [options] `refresh`: too much to tell
     */
    commit(change, {refresh} = {}) {
        const photo = this.photograph();
        change();
        const lines = this.changedLines(photo);
        const common = {
            v: 1,
            by: this.rng.pick(PEOPLE),
            tab: "another",
            at: new Date(Date.now() + this.skew).toISOString(),
        };
        for (const model of [SHEET, LINE]) {
            const told = this.describe(model, photo.get(model), lines);
            if (Object.keys(told).length) {
                const content = refresh ? {refresh: true} : told;
                this.outbox.push({...common, model, ...content});
            }
        }
    }

    /** @param {(payload: object) => void} receive */
    deliver(receive) {
        const payload = this.outbox.shift();
        if (payload) {
            this.sent = [...this.sent, payload].slice(-5);
            receive(structuredClone(payload));
        }
        return payload;
    }

    /** After a reconnection the last messages come again, in their order. */
    repeat(receive) {
        const again = this.sent.slice(-1 - this.rng.int(4));
        again.forEach((payload) => receive(structuredClone(payload)));
        return again.length;
    }

    // -------------------------------------------------------------------------
    // What they do
    // -------------------------------------------------------------------------

    anyIds(count = 1, condition = () => true) {
        return this.rng.some(
            [...db(SHEET)].filter(condition).map(({id}) => id),
            count
        );
    }

    /** @returns {number[]} of records that may go */
    idsToLose(condition) {
        const ids = this.anyIds(1 + this.rng.int(2), condition);
        return ids.filter((id) => id !== this.shown);
    }

    idsToWrite(count) {
        const ids = this.anyIds(count);
        const isWanted = this.shown && this.rng.chance(0.8);
        return isWanted ? [...new Set([...ids, this.shown])] : ids;
    }

    values(fieldNames) {
        const {rng} = this;
        const makers = {
            name: () => `said ${++this.counter}`,
            sequence: () => rng.int(12),
            quantity: () => rng.int(9),
            amount: () => rng.int(20) / 2,
            date: () =>
                rng.chance(0.2) ? false : `2026-0${1 + rng.int(5)}-0${1 + rng.int(9)}`,
            state: () => rng.pick(["draft", "blocked", "done"]),
            partner_id: () => rng.pick([false, 1, 2, 3, 4]),
            tag_ids: () => [[6, 0, rng.some([1, 2, 3], rng.int(4))]],
        };
        return Object.fromEntries(fieldNames.map((name) => [name, makers[name]()]));
    }

    someFields() {
        const names = "name sequence quantity amount date state partner_id tag_ids";
        return this.rng.some(names.split(" "), this.rng.pick([1, 1, 1, 2, 3]));
    }

    write(count = 1 + this.rng.int(2)) {
        const ids = this.idsToWrite(count);
        const values = this.values(this.someFields());
        this.commit(() => db(SHEET).write(ids, values));
        return `write ${ids} ${JSON.stringify(values)}`;
    }

    bulk() {
        const ids = this.anyIds(8);
        const values = this.values(this.someFields());
        const refresh = this.rng.chance(0.5);
        this.commit(() => db(SHEET).write(ids, values), {refresh});
        return `bulk ${ids} ${JSON.stringify(values)} ${refresh ? "refresh" : ""}`;
    }

    swap() {
        const ids = this.anyIds(2);
        const sequences = [this.rng.int(10), this.rng.int(10)];
        this.commit(() =>
            ids.forEach((id, index) =>
                db(SHEET).write([id], {sequence: sequences[index]})
            )
        );
        return `resequence ${ids} ${sequences}`;
    }

    create() {
        if (db(SHEET).length > 24) {
            return null;
        }
        const count = 1 + this.rng.int(2);
        const all = "name sequence quantity amount date state partner_id tag_ids";
        const values = Array.from({length: count}, () => this.values(all.split(" ")));
        let ids = [];
        this.commit(() => (ids = db(SHEET).create(values)));
        return `create ${ids} ${JSON.stringify(values)}`;
    }

    unlinkSheets(ids) {
        const lines = [...db(LINE)].filter((line) => ids.includes(line.sheet_id));
        db(LINE).unlink(lines.map(({id}) => id));
        db(SHEET).unlink(ids);
    }

    unlink() {
        const ids = this.idsToLose();
        if (db(SHEET).length < 8) {
            return null;
        }
        this.commit(() => this.unlinkSheets(ids));
        return `unlink ${ids}`;
    }

    archive() {
        const ids = this.anyIds(1 + this.rng.int(2), ({active}) => active);
        this.commit(() => db(SHEET).write(ids, {active: false}));
        return `archive ${ids}`;
    }

    unarchive() {
        const ids = this.anyIds(2, ({active}) => !active);
        this.commit(() => db(SHEET).write(ids, {active: true}));
        return ids.length ? `unarchive ${ids}` : null;
    }

    takeRights() {
        const ids = this.idsToLose(isReadable);
        const values = this.rng.chance(0.5) ? this.values(["state", "name"]) : {};
        this.commit(() => db(SHEET).write(ids, {hidden: true, ...values}));
        return `hide ${ids} ${JSON.stringify(values)}`;
    }

    giveRights() {
        const ids = this.anyIds(2, ({hidden}) => hidden);
        const values = this.rng.chance(0.5) ? this.values(["state", "name"]) : {};
        this.commit(() => db(SHEET).write(ids, {hidden: false, ...values}));
        return ids.length ? `show ${ids} ${JSON.stringify(values)}` : null;
    }

    writeLines() {
        const {rng} = this;
        const lines = [...db(LINE)].map(({id}) => id);
        const [ids] = [rng.some(lines, 1 + rng.int(2))];
        const values = {name: `line said ${++this.counter}`, quantity: rng.int(9)};
        const parent = rng.pick([this.shown, this.shown, ...this.anyIds()]);
        const [what, change] = rng.weighted([
            [4, ["write", () => db(LINE).write(ids, values)]],
            [1, ["unlink", () => db(LINE).unlink(ids)]],
            [1, ["move", () => db(LINE).write(ids, {sheet_id: parent})]],
            [2, ["create", () => db(LINE).create([{...values, sheet_id: parent}])]],
        ]);
        this.commit(change);
        return `lines: ${what} ${ids} ${JSON.stringify(values)} ${parent}`;
    }

    /** Created, changed and perhaps deleted before anybody could look. */
    burst() {
        let log = "";
        this.commit(() => {
            const [id] = db(SHEET).create([
                this.values(["name", "state", "partner_id"]),
            ]);
            log = `burst ${id}`;
        });
        const {id} = db(SHEET).at(-1);
        this.commit(() => db(SHEET).write([id], this.values(["name", "quantity"])));
        if (this.rng.chance(0.5)) {
            this.commit(() => this.unlinkSheets([id]));
            log += " and gone";
        }
        return log;
    }
}
