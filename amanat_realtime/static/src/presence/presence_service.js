import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {fieldOf} from "../core/edited_field";
import {guarded} from "../core/log";
import {MESSAGE_TYPE as CHANGES, readMessage} from "../core/message";
import {TYPING_TIME} from "./edited_place";
import {collectPlaces} from "./places";
import {isPresenceEnabled} from "./presence_switch";
import {PresenceReporter} from "./presence_reporter";
import {PresenceStore} from "./presence_store";

/**
 * @typedef {{
 *  store: PresenceStore,
 *  check: () => void,
 *  reportAgain: () => void,
 * }} PresenceAPI `check`: this tab may be somewhere else now
 */

export const PRESENCE_TYPE = "amanat_realtime/presence";
/** Timers and the clock are not the same to the millisecond. */
const TYPING_MARGIN = 50;
const LOOKED_AT = ["focusin", "focusout", "click", "keyup"];

/** Tells others where this tab is, and knows where they are: one instance per tab. */
export class PresenceService {
    /**
     * @param {object} env
     * @param {{amanat_realtime: import("../core/realtime_service").RealtimeService}} services
     */
    constructor(env, services) {
        this.env = env;
        this.realtime = services.amanat_realtime;
        this.setup();
    }

    setup() {
        const {realtime} = this;
        this.typedAt = 0;
        this.isChecking = false;
        this.store = new PresenceStore(realtime.clock);
        this.reporter = new PresenceReporter({
            tabId: realtime.tabId,
            getPlaces: () => this.places,
            onAnswer: (answer, params) => this.onAnswer(answer, params),
        });
        realtime.listen(PRESENCE_TYPE, (payload) => this.onMessage(payload));
        realtime.listen(CHANGES, (payload) => this.onChanges(payload));
        realtime.events.addEventListener("RECONNECTED", () => this.reportAgain());
        realtime.events.addEventListener("SETTINGS", () => this.onSettings());
        this.listen();
    }

    /** The server has ended what was switched off; the others are told with the report. */
    onSettings() {
        this.listen();
        this.store.clear();
        this.reporter.again();
    }

    listen() {
        if (this.isListening || !isPresenceEnabled()) {
            return;
        }
        this.isListening = true;
        LOOKED_AT.forEach((type) =>
            browser.addEventListener(type, () => this.check(), {capture: true})
        );
        browser.addEventListener("input", (ev) => this.onInput(ev), {capture: true});
        browser.addEventListener("offline", () => this.reporter.pause());
        browser.addEventListener("online", () => this.reportAgain());
        browser.addEventListener("pagehide", () => this.reporter.leave());
        // A page that comes back out of the cache of the browser goes on.
        browser.addEventListener(
            "pageshow",
            ({persisted}) => persisted && this.reportAgain()
        );
        document.addEventListener("visibilitychange", () => this.check());
    }

    get places() {
        const isHidden = document.visibilityState === "hidden";
        return (
            guarded("could not tell where this tab is", () =>
                collectPlaces(this.realtime, {typedAt: this.typedAt, isHidden})
            ) || []
        );
    }

    onInput({target}) {
        if (fieldOf(target)) {
            this.typedAt = Date.now();
            browser.clearTimeout(this.typingTimer);
            this.typingTimer = browser.setTimeout(
                () => this.check(),
                TYPING_TIME + TYPING_MARGIN
            );
            this.check();
        }
    }

    check() {
        if (!isPresenceEnabled() || this.isChecking) {
            return;
        }
        this.isChecking = true;
        // After what the event does to the view, and once for several of them.
        browser.setTimeout(() => {
            this.isChecking = false;
            guarded("could not report presence", () => this.reporter.check());
        });
    }

    reportAgain() {
        if (isPresenceEnabled()) {
            this.reporter.again();
        }
    }

    onAnswer({present = [], disabled} = {}, params) {
        if (disabled) {
            this.store.clear();
        } else {
            this.store.onAnswer(present, params);
        }
    }

    onMessage(payload) {
        // Every tab hears the channels of all tabs: keep to what is followed here.
        const {model, room, tab, user: author} = payload || {};
        const isReadable = author && tab && Array.isArray(payload.places);
        if (isReadable && this.realtime.isFollowed(model, room)) {
            this.store.onMessage(payload);
        }
    }

    /** Who saves a record that is open here has just updated this copy of it. */
    onChanges(payload) {
        if (!payload?.by || payload.by.id === user.userId || !isPresenceEnabled()) {
            return;
        }
        const {model, by, update} = readMessage(payload);
        const ids = new Set(update.flatMap((part) => part.ids));
        for (const place of this.places) {
            if (place.model === model && ids.has(place.id)) {
                this.store.onSaved(by, model, place.id);
            }
        }
    }
}

export const presenceService = {
    dependencies: ["amanat_realtime"],

    /** @returns {PresenceAPI} */
    start(env, services) {
        return new PresenceService(env, services);
    },
};

registry.category("services").add("amanat_realtime_presence", presenceService);
