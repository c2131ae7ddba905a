import {onWillDestroy, onWillUpdateProps} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {currentComponent} from "../core/current_component";
import {guarded} from "../core/log";
import {retryDelay} from "../core/retry_delay";
import {Follower} from "../model/follower";
import {flashElements} from "../views/highlight";
import {changesSet, namedFields} from "./message_scope";
import {OwnWork} from "./own_work";
import {Pace} from "./pace";
import {quietCopy, writtenTo} from "./quiet_copy";

/**
 * @typedef {import("../core/message").ChangeMessage} ChangeMessage
 */

export const RETRY_DELAY = 250;

const reports = new WeakMap();

/**
 * Keeps one mounted view in step whose model is loaded as a whole: a graph, a pivot, a
 * calendar. It is read again aside, as rarely as people can bear, and drawn only if it
 * looks different.
 *
 * Each kind of report tells what it is made of (`fields()`), how it is read
 * (`async read(copy)`, see `quietCopy`), and what is drawn of a model or of a copy of it
 * (`picture(model)`, plain data).
 */
export class LiveReport {
    /** Methods of the model with which the person changes what is shown. */
    static ownWork = ["load"];
    /** A click may be the first of two: core waits so many milliseconds before it acts. */
    static clickTime = 300;

    /**
     * @param {{
     *  realtime: import("../core/realtime_service").RealtimeAPI,
     *  model: object,
     *  component: object,
     * }} params `component`: the controller that made the model
     */
    constructor(params) {
        Object.assign(this, params);
        this.setup();
    }

    setup() {
        const {model, realtime, component} = this;
        this.orm = model.env.services.orm;
        this.pace = new Pace();
        this.asked = false;
        this.running = false;
        this.failures = 0;
        this.timer = null;
        this.ownWork = new OwnWork(model, this.constructor.ownWork);
        this.follower = new Follower({
            realtime,
            // A dialog inherits the context, so the room, of the action under it.
            ignoresRoom: Boolean(model.env.inDialog),
            onChanges: (message) => this.receive(message),
            onCatchUp: () => this.ask(),
        });
        this.listen();
        // Before the first load: what is sent in between is read afterwards.
        this.follow(component.props.context);
    }

    listen() {
        const onPress = ({button}) => {
            browser.clearTimeout(this.clickTimer);
            this.isPressed = button === 0;
        };
        const onRelease = () => {
            this.clickTimer = browser.setTimeout(
                () => (this.isPressed = false),
                this.constructor.clickTime
            );
        };
        const onSeen = () => this.isWaitingForSight && this.wake();
        const listeners = [
            [window, "pointerdown", onPress],
            [window, "pointerup", onRelease],
            [window, "pointercancel", onRelease],
            [document, "visibilitychange", onSeen],
        ];
        listeners.forEach(([el, ...args]) => el.addEventListener(...args, true));
        this.unlisten = () =>
            listeners.forEach(([el, ...args]) => el.removeEventListener(...args, true));
    }

    follow(context) {
        this.follower.follow({resModel: this.resModel, context});
    }

    destroy() {
        this.destroyed = true;
        browser.clearTimeout(this.timer);
        browser.clearTimeout(this.clickTimer);
        this.timer = null;
        this.unlisten();
        this.ownWork.stop();
        this.follower.stop();
    }

    // -------------------------------------------------------------------------
    // What kinds of reports differ in
    // -------------------------------------------------------------------------

    get resModel() {
        return this.component.props.resModel;
    }

    /**
     * @param {ChangeMessage} message
     * @returns {boolean} whether the report may look different now
     */
    isAbout(message) {
        const fields = this.fields();
        return changesSet(message) || namedFields(message).some((f) => fields.has(f));
    }

    /** @returns {boolean} whether the person is at something that a redraw would hurt */
    isBusy() {
        return false;
    }

    /**
     * Called with the picture of what was shown before.
     *
     * @returns {() => (HTMLElement | undefined)[]} finds what is new, once it is drawn
     */
    changedElements() {
        return () => [];
    }

    // -------------------------------------------------------------------------
    // When
    // -------------------------------------------------------------------------

    /** @param {ChangeMessage} message */
    receive(message) {
        const {model} = this;
        if (!model.isReady || model.useSampleModel || this.isAbout(message)) {
            this.by = message.by;
            this.ask({isBulk: message.refresh});
        }
    }

    ask(params) {
        this.asked = true;
        const now = Date.now();
        this.schedule(this.pace.ask(now, params) - now);
    }

    schedule(delay) {
        if (!this.running && !this.destroyed) {
            browser.clearTimeout(this.timer);
            this.timer = browser.setTimeout(() => this.start(), delay);
        }
    }

    wake() {
        this.isWaitingForSight = false;
        this.schedule(0);
    }

    get isBlocked() {
        return Boolean(
            !this.model.isReady ||
                this.isPressed ||
                this.ownWork.isUnderWay ||
                this.isBusy()
        );
    }

    async start() {
        this.timer = null;
        if (document.visibilityState === "hidden") {
            this.isWaitingForSight = true;
            return;
        }
        let delay = RETRY_DELAY;
        if (!this.isBlocked) {
            this.running = true;
            this.asked = false;
            this.pace.read(Date.now());
            try {
                this.asked = !(await this.run()) || this.asked;
                this.failures = 0;
            } catch (error) {
                this.asked = true;
                delay = retryDelay(
                    "could not read a report again",
                    error,
                    this.failures++
                );
            }
            this.running = false;
        }
        if (this.asked) {
            this.again(delay);
        }
    }

    /** Told something while reading: as late as any burst; held up: as soon as possible. */
    again(delay) {
        const now = Date.now();
        const due = this.pace.askedAt === null ? now + delay : this.pace.ask(now);
        this.schedule(Math.max(delay, due - now));
    }

    /** @returns {Promise<boolean>} false if the view changed under the read */
    async run() {
        const {model, ownWork} = this;
        const {count} = ownWork;
        const copy = quietCopy(model, this.orm);
        await this.read(copy);
        if (this.destroyed) {
            return true;
        }
        if (count !== ownWork.count || this.isBlocked) {
            return false;
        }
        const isEmptySample = model.useSampleModel && !copy.hasData();
        const before = this.picture(model);
        const looksDifferent =
            model.useSampleModel ||
            JSON.stringify(before) !== JSON.stringify(this.picture(copy));
        if (!isEmptySample && looksDifferent) {
            this.show(writtenTo(copy));
            flashElements(this.changedElements(before), this.by);
        }
        return true;
    }

    /** @param {object} written to the copy: what the model has to take over */
    show(written) {
        Object.assign(this.model, written);
        this.model.useSampleModel = false;
        this.model.notify();
    }
}

/**
 * Make the model of a view live, to be called in its setup.
 *
 * @param {object} model
 * @param {typeof LiveReport} Report
 */
export function followReport(model, Report) {
    const realtime = model.env?.services?.amanat_realtime;
    const component = currentComponent();
    const {Model, resModel} = component?.props || {};
    const isOfView = Model && model instanceof Model;
    if (!isOfView || !realtime) {
        return;
    }
    const start = () =>
        guarded("could not follow a report", () => {
            if (reports.has(model) || !realtime.isLive(resModel)) {
                return;
            }
            const live = new Report({realtime, model, component});
            reports.set(model, live);
            realtime.reports.add(live);
        });
    const startLate = () => {
        const isLate = !reports.has(model);
        start();
        if (isLate) {
            reports.get(model)?.ask();
        }
    };
    start();
    realtime.events.addEventListener("SETTINGS", startLate);
    onWillUpdateProps(({context}) =>
        guarded("could not follow a report", () => reports.get(model)?.follow(context))
    );
    onWillDestroy(() => {
        realtime.events.removeEventListener("SETTINGS", startLate);
        const live = reports.get(model);
        realtime.reports.delete(live);
        guarded("could not unfollow a report", () => live?.destroy());
    });
}

/**
 * @param {object} model
 * @returns {LiveReport | undefined}
 */
export const reportOf = (model) => reports.get(model);
