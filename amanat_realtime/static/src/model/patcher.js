import {EventBus} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {exprToBoolean} from "@web/core/utils/strings";
import {guarded, report} from "../core/log";
import {keepCaret} from "../views/caret";
import {isDragging} from "../views/drag_state";
import {guardFocus} from "../views/focus_guard";
import {expectRender} from "../views/row_memo";
import {BatchApplier} from "./batch_applier";
import {allRecords, indexById, isForm} from "./datapoints";
import {Departures} from "./departures";
import {Follower} from "./follower";
import {frameDrawn} from "./frame_drawn";
import {Pacer} from "./pacer";
import {ReadApplier} from "./read_applier";
import {RecordPatcher} from "./record_patcher";
import {Refresher} from "./refresher";
import {takeSlice} from "./slices";

/**
 * @typedef {import("../core/message").ChangeMessage} ChangeMessage
 */

const REMEMBERED = 10_000;
const RELEASING_EVENTS = ["focusout", "click", "keyup", "pointerup", "pointercancel"];

/** Keeps one mounted relational model in step with what others save. */
export class ModelPatcher {
    /**
     * @param {import("../core/realtime_service").RealtimeService} realtime
     * @param {object} env
     * @param {object} model the reactive model: changes to the raw one are not drawn
     * @param {object} [component] the component that made the model
     */
    constructor(realtime, env, model, component) {
        Object.assign(this, {realtime, env, model, component});
        this.setup();
    }

    setup() {
        const {editing_state: editing, orm} = this.env.services;
        const {amanat_realtime_toasts: toasts} = this.env.services;
        const {model, realtime} = this;
        /**
         * "CHANGED" tells which fields were patched, or null for rows and groups;
         * "WILL_MOVE" comes before rows are moved; "WAITING": what must wait changed.
         */
        this.bus = new EventBus();
        /** @type {() => boolean} do rows stay where they are, because of the pointer? */
        this.isResting = () => false;
        this.isCatchingUp = false;
        /** Moves by the person that the server has not answered yet. */
        this.moves = 0;
        /** Fields that matter to a part of the view that is not the model's own. */
        this.extraFields = [];
        /** @type {ChangeMessage[]} */
        this.queue = [];
        /** @type {{message: ChangeMessage, received: number}[]} */
        this.recent = [];
        /** @type {Map<string, import("./record_patcher").Held>} */
        this.held = new Map();
        this.loadStart = null;
        this.loadedAt = null;
        this.follower = new Follower({
            realtime,
            model,
            // A dialog inherits the context, so the room, of the action under it.
            ignoresRoom: Boolean(model.env.inDialog),
            onChanges: (message) => this.receive(message),
            onCatchUp: () => this.refresher.reconcile(),
        });
        this.recordPatcher = new RecordPatcher({
            editing,
            toasts,
            getFormEl: () => this.formEl,
            isDisplayed: (fieldName) => this.isDisplayed(fieldName),
            isSecret: (fieldName) => this.isSecret(fieldName),
            onHeld: (key, held) => this.held.set(key, held),
            readAgain: (record) => this.readAgain(record),
            loadLines: (list) => this.loadLines(list),
            setRows: (list, lines) => this.departures.mover.setRows(list, lines),
            redraw: () => this.component?.render(true),
        });
        this.departures = new Departures({
            editing,
            getRoot: () => model.root,
            enqueue: (fn) => this.exec(fn),
            onReleased: () => this.refresher.reconcile(),
            onWillMove: () => this.notifyWillMove(),
            protectFocus: () => this.protectFocus(),
            onKept: () => this.bus.trigger("WAITING"),
            isBlocked: () => this.isBlocked(),
        });
        this.refresher = new Refresher({
            model,
            orm,
            onData: (work, data, since) => this.onData(work, data, since),
            isBlocked: () => this.isBlocked(),
            onWaiting: () => this.bus.trigger("WAITING"),
            isMoreToCome: () => this.pacer.isCutUp,
        });
        this.pacer = new Pacer({
            apply: (size) => this.flushSlice(size),
            hasMore: () => this.queue.length > 0,
        });
        this.batchApplier = new BatchApplier(this);
        this.readApplier = new ReadApplier(this);
        this.listen(editing);
    }

    listen(editing) {
        const onRelease = () => browser.setTimeout(() => this.release());
        const stopWatching = editing.watch(this.model, (...args) =>
            this.locate(...args)
        );
        editing.bus.addEventListener("RELEASED", onRelease);
        RELEASING_EVENTS.forEach((type) => document.addEventListener(type, onRelease));
        this.unlisten = () => {
            stopWatching();
            editing.bus.removeEventListener("RELEASED", onRelease);
            RELEASING_EVENTS.forEach((type) =>
                document.removeEventListener(type, onRelease)
            );
        };
    }

    destroy() {
        this.destroyed = true;
        this.unlisten();
        this.follower.stop();
        this.departures.clear();
        this.pacer.destroy();
        this.refresher.destroy();
    }

    /** Where the fields of a form's record are drawn. */
    get formEl() {
        return isForm(this.model.root) ? this.component?.rootRef?.el || null : null;
    }

    /** A toast would show in clear what the field does not. */
    isSecret(fieldName) {
        const nodes = this.component?.props?.archInfo?.fieldNodes || {};
        return Object.values(nodes).some(
            ({name, attrs}) => name === fieldName && exprToBoolean(attrs?.password)
        );
    }

    /**
     * @param {import("../core/editing_state_service").Typed} typed
     * @param {{inDialog: boolean}} params
     * @returns {object | undefined} the record that has the field
     */
    locate({rowId, el, names: [name]}, {inDialog}) {
        const {root} = this.model;
        if (inDialog) {
            // A line opened in a dialog is drawn outside of its parent's view.
            return allRecords(root).find(
                (r) => r._parentRecord && r.isInEdition && name in r.activeFields
            );
        }
        if (rowId) {
            return allRecords(root).find(({id}) => id === rowId);
        }
        const isHere = this.formEl?.contains(el) && name in root.activeFields;
        return isHere ? root : undefined;
    }

    /** Image widgets load the write date without showing it, to know when to reload. */
    isDisplayed(fieldName) {
        const nodes = this.component?.props?.archInfo?.fieldNodes;
        return !nodes || Object.values(nodes).some(({name}) => name === fieldName);
    }

    // -------------------------------------------------------------------------
    // Loads
    // -------------------------------------------------------------------------

    /** Follow before reading: what is sent in between is applied afterwards. */
    onWillLoadRoot(config) {
        if (this.destroyed) {
            return;
        }
        this.loadStart = Date.now();
        this.follower.follow(config);
    }

    onRootLoaded(root) {
        if (this.destroyed) {
            return;
        }
        this.loadedAt = this.loadStart ?? Date.now();
        this.departures.clear();
        this.held.clear();
        this.follower.follow(root.config);
        this.replay(this.loadedAt);
    }

    /** A group was opened, or the cached data of a load were replaced. */
    onDataSet(since) {
        this.replay(since ?? this.loadStart ?? 0);
    }

    // -------------------------------------------------------------------------
    // Messages
    // -------------------------------------------------------------------------

    /** @param {ChangeMessage} message */
    receive(message) {
        const received = Date.now();
        this.recent = this.recent.filter(
            (entry) => received - entry.received < REMEMBERED
        );
        this.recent.push({message, received});
        this.realtime.sampler.onReceived(message);
        this.enqueue([message]);
    }

    /** Messages that came while data older than them was on its way. */
    replay(since) {
        this.enqueue(
            this.recent
                .filter(({received}) => received >= since)
                .map(({message}) => message)
        );
    }

    enqueue(messages) {
        this.queue.push(...messages);
        if (messages.length) {
            this.pacer.request();
        }
    }

    /** Is something waiting for its turn? */
    get flushing() {
        return this.pacer.isBusy;
    }

    /** All that is waiting, at once. */
    flush() {
        return this.applyMessages(this.queue.splice(0));
    }

    flushSlice(size) {
        const {root} = this.model;
        const shown = indexById(root, root?.resModel);
        return this.applyMessages(takeSlice(this.queue, size, (id) => shown.has(id)));
    }

    applyMessages(messages) {
        const applied = this.exec(() => {
            this.pacer.onStart();
            this.protectFocus();
            this.batchApplier.apply([...new Set(messages)]);
        });
        this.realtime.sampler.onApplying(messages, this.model, applied);
        return applied;
    }

    /** What was applied is on screen then. */
    async drawn() {
        expectRender(this.model);
        await frameDrawn();
    }

    /** Under the model's mutex, or the answer of a save under way would undo it. */
    exec(fn) {
        return this.model.mutex.exec(() => {
            if (!this.destroyed && this.model.root) {
                guarded("a live patch failed", fn, () => this.refresher.reconcile());
                expectRender(this.model);
            }
        });
    }

    /** Said something about a time before the data on screen were read? */
    isOutdated({at}) {
        const {clock} = this.realtime;
        return (
            at !== null && this.loadedAt !== null && clock.toLocal(at) < this.loadedAt
        );
    }

    async onData(work, data, since) {
        if (!data) {
            return;
        }
        this.protectFocus();
        expectRender(this.model);
        try {
            await this.readApplier.apply(work, data);
        } catch (error) {
            report("could not apply what was read", error);
        }
        expectRender(this.model);
        // What was said while the answer was under way may not be in it.
        this.replay(since);
    }

    /** What rows look like now can be measured, what is about to move them. */
    notifyWillMove() {
        guarded("could not prepare a move", () => this.bus.trigger("WILL_MOVE"));
    }

    /** @param {string[] | null} fields */
    notifyChanged(fields) {
        if (!fields || fields.length) {
            this.bus.trigger("CHANGED", {fields});
        }
    }

    // -------------------------------------------------------------------------
    // The person
    // -------------------------------------------------------------------------

    protectFocus() {
        const {editing_state: editing} = this.env.services;
        guardFocus(this.model);
        keepCaret((el) => editing.typed?.el === el);
    }

    /** Nothing may move, come or go while the person moves it or points at it. */
    isBlocked() {
        const isResting = this.isResting() && !this.isCatchingUp;
        return isResting || this.moves > 0 || isDragging();
    }

    /**
     * A move is saved in several steps: what is read in between would undo it.
     *
     * @template T
     * @param {() => Promise<T>} move
     * @returns {Promise<T>}
     */
    async moving(move) {
        this.moves++;
        try {
            return await move();
        } finally {
            this.moves--;
            this.release();
        }
    }

    /** Is something told that the screen does not show yet? */
    get isBehind() {
        const {queue, refresher, departures} = this;
        return Boolean(queue.length || refresher.isPending || departures.gone.size);
    }

    /** @returns {Promise<void>} all that is known of is in its place then */
    async catchUp() {
        this.isCatchingUp = true;
        try {
            await this.flush();
            this.release();
            await this.refresher.catchUp();
            await this.model.mutex.getUnlockedDef();
        } catch (error) {
            report("could not catch up", error);
        } finally {
            this.isCatchingUp = false;
        }
    }

    /** The person let go of something: show what had to wait for that. */
    release() {
        if (this.destroyed || !this.model.root) {
            return;
        }
        this.refresher.wake();
        if (this.departures.isWaiting) {
            this.exec(() => this.departures.sweep());
        }
        for (const [key, {isStillHeld, onReleased}] of this.held) {
            if (!isStillHeld()) {
                this.held.delete(key);
                this.exec(onReleased);
            }
        }
    }

    /** @param {object} list StaticList, of which lines on its page are not known yet */
    loadLines(list) {
        this.model.mutex
            .exec(() => (this.destroyed ? null : list._load({})))
            .catch((error) => report("could not load lines", error));
    }

    /** @param {object} record of the view, or a line in one */
    readAgain(record) {
        this.refresher.readRecord((record._parentRecord || record).resId);
    }

    /**
     * @param {object} record of the view
     * @param {import("./departures").Reason} reason
     */
    noteGone(record, reason) {
        this.batchApplier.applyDepartures([[[record], reason]]);
    }
}
