import {EventBus} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";

/**
 * @typedef {import("./places").Place} Place
 * @typedef {import("../core/message").Author} Author
 * @typedef {{user: Author, tab: string, places: Place[]}} Person as the server tells it:
 *  one for each tab
 * @typedef {{person: Person, heard: number, at: number}} Entry `heard`: when, by the
 *  clock of this page, `at`: when, by that of the server, in milliseconds
 */

/** Who is not heard of for so long is not there any more, in milliseconds. */
export const TTL = 30_000;
/** A copy of a record counts as just updated for so long. */
export const SAVED_TIME = 5000;

const scopeOf = (model, room) => `${model}/${room || ""}`;

function peopleOf(tabs) {
    return [...tabs.values()]
        .map(({person}) => person)
        .filter(({places}) => places.length);
}

/** Who else is where, as far as this tab was told. */
export class PresenceStore {
    /** @param {import("../core/server_clock").ServerClock} clock */
    constructor(clock) {
        this.clock = clock;
        /** Triggers "CHANGED" when somebody came, went or does something else. */
        this.bus = new EventBus();
        /** @type {Map<string, Map<string, Entry>>} by tab in each model and room */
        this.scopes = new Map();
        /** @type {Map<string, {user: Author, until: number}>} */
        this.saved = new Map();
        this.timer = null;
    }

    /** @param {{model: string, room?: string}} scope */
    tabsIn({model, room}) {
        const key = scopeOf(model, room);
        if (!this.scopes.has(key)) {
            this.scopes.set(key, new Map());
        }
        return this.scopes.get(key);
    }

    /**
     * @param {object} payload of a message: all places of a tab in a model from now on
     */
    onMessage({model, room, tab, user: author, places, at: stamp}) {
        const at = Date.parse(stamp) || 0;
        this.clock.observe(at || null);
        const tabs = this.tabsIn({model, room});
        const isLate =
            at && this.clock.toLocal(at) < Date.now() - TTL && places.length > 0;
        if (author.id === user.userId || isLate || at < (tabs.get(tab)?.at || 0)) {
            return;
        }
        // Who left stays known until then: what was said before may come later.
        tabs.set(tab, {person: {user: author, tab, places}, heard: Date.now(), at});
        this.changed();
    }

    /**
     * Everybody who is there, which makes good for messages that were lost.
     *
     * @param {Person[]} present
     * @param {{places: Place[], asked: number}} params where it was asked about, and when
     */
    onAnswer(present, {places, asked}) {
        const before = JSON.stringify(this.snapshot());
        for (const scope of places) {
            const tabs = this.tabsIn(scope);
            const people = new Map();
            for (const person of present) {
                const isHere = (place) =>
                    scopeOf(place.model, place.room) ===
                    scopeOf(scope.model, scope.room);
                const here = person.places.filter(isHere);
                if (here.length && person.user.id !== user.userId) {
                    people.set(person.tab, {...person, places: here});
                }
            }
            for (const [tab, {heard}] of tabs) {
                if (heard < asked && !people.has(tab)) {
                    tabs.delete(tab);
                }
            }
            for (const [tab, person] of people) {
                const known = tabs.get(tab);
                // A message that came meanwhile knows better.
                const isNewer = known && known.heard > asked;
                if (!isNewer) {
                    tabs.set(tab, {person, heard: Date.now(), at: known?.at || 0});
                }
            }
        }
        this.expireLater();
        if (JSON.stringify(this.snapshot()) !== before) {
            this.changed();
        }
    }

    /**
     * Somebody has just changed a record.
     *
     * @param {Author} author
     * @param {string} model
     * @param {number} id
     */
    onSaved(author, model, id) {
        const until = Date.now() + SAVED_TIME;
        this.saved.set(`${model}/${id}/${author.id}`, {
            user: author,
            model,
            id,
            until,
        });
        this.changed();
    }

    clear() {
        if (this.scopes.size || this.saved.size) {
            this.scopes.clear();
            this.saved.clear();
            this.changed();
        }
    }

    get isEmpty() {
        return !this.saved.size && !this.snapshot().length;
    }

    /**
     * @param {{model: string, room?: string}} scope
     * @returns {Person[]} one for each tab
     */
    peopleIn({model, room}) {
        const tabs = this.scopes.get(scopeOf(model, room));
        return tabs ? peopleOf(tabs) : [];
    }

    /**
     * @param {string} model
     * @param {number} id
     * @returns {Author[]}
     */
    saversOf(model, id) {
        return [...this.saved.values()]
            .filter((entry) => entry.model === model && entry.id === id)
            .map((entry) => entry.user);
    }

    snapshot() {
        return [...this.scopes]
            .map(([key, tabs]) => [key, peopleOf(tabs)])
            .filter(([, people]) => people.length);
    }

    changed() {
        this.expireLater();
        this.bus.trigger("CHANGED");
    }

    expireLater() {
        const ends = [
            ...[...this.scopes.values()].flatMap((tabs) =>
                [...tabs.values()].map(({heard}) => heard + TTL)
            ),
            ...[...this.saved.values()].map(({until}) => until),
        ];
        browser.clearTimeout(this.timer);
        if (ends.length) {
            const delay = Math.min(...ends) - Date.now();
            this.timer = browser.setTimeout(() => this.expire(), Math.max(0, delay));
        }
    }

    expire() {
        const now = Date.now();
        let isChanged = false;
        for (const [key, tabs] of this.scopes) {
            for (const [tab, {heard, person}] of tabs) {
                if (heard + TTL <= now) {
                    tabs.delete(tab);
                    isChanged = isChanged || person.places.length > 0;
                }
            }
            if (!tabs.size) {
                this.scopes.delete(key);
            }
        }
        for (const [key, {until}] of this.saved) {
            if (until <= now) {
                this.saved.delete(key);
                isChanged = true;
            }
        }
        if (isChanged) {
            this.changed();
        } else {
            this.expireLater();
        }
    }
}
