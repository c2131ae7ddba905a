import {onPatched, onWillUnmount, useExternalListener} from "@odoo/owl";
import {guarded} from "../core/log";
import {patcherOf} from "../core/patcher_of";
import {isDragging} from "./drag_state";
import {prefersReducedMotion} from "./highlight";
import {rowsByColumn, visibleRows} from "./visible_rows";

export const GLIDE_DURATION = 300;
/** Of more at once nobody could follow any: they change their place without a glide. */
export const MAX_GLIDES = 50;
/** What is measured is drawn within a few frames; later, the view may be scrolled. */
const EXPIRES_AFTER = 2000;
const EASING = "cubic-bezier(0.2, 0, 0, 1)";
const INTERRUPTING_EVENTS = ["pointerdown", "wheel", "keydown", "touchstart"];

const FADE_IN = [{opacity: 0}, {opacity: 1}];

/** What does not just make room is what people look at: above the others. */
function glideFrames(dx, dy, height) {
    const zIndex = Math.hypot(dx, dy) > 1.5 * height ? "1" : "0";
    return [
        {transform: `translate(${dx}px, ${dy}px)`, zIndex},
        {transform: "none", zIndex},
    ];
}

/** A glide under a drag would move what the person is about to drop something on. */
const isCalm = () =>
    prefersReducedMotion() || document.visibilityState === "hidden" || isDragging();

/**
 * Rows and cards that somebody else moved glide from where they were to where they are.
 * They are in their place from the first moment on: only what is drawn moves.
 */
export class Glide {
    /** @param {() => HTMLElement | null} getRoot element with the rows or cards */
    constructor(getRoot) {
        this.getRoot = getRoot;
        /**
         * @type {{
         *  at: number,
         *  boxes: Map<string, DOMRect>,
         *  columns: HTMLElement[][],
         *  ids?: Set<string>,
         * } | null}
         */
        this.before = null;
        /** @type {Map<Animation, HTMLElement>} */
        this.running = new Map();
    }

    get isFresh() {
        return Boolean(this.before) && Date.now() - this.before.at < EXPIRES_AFTER;
    }

    /** Remember what the screen looks like: rows are about to move. */
    capture() {
        const root = this.getRoot();
        if (this.isFresh || !root || isCalm()) {
            return;
        }
        const columns = rowsByColumn(root);
        const boxes = new Map();
        for (const [row, box] of visibleRows(root, columns)) {
            boxes.set(row.dataset.id, box);
        }
        this.before = {at: Date.now(), boxes, columns};
    }

    /** The rows have moved. */
    play() {
        const before = this.isFresh ? this.before : null;
        const root = this.getRoot();
        this.before = null;
        if (!before || !root || isCalm()) {
            return;
        }
        this.cancel();
        const moves = [];
        for (const [row, box] of visibleRows(root, rowsByColumn(root))) {
            const frames = this.framesFor(row, box, before);
            if (frames && !row.contains(document.activeElement)) {
                moves.push([row, frames]);
            }
        }
        if (moves.length <= MAX_GLIDES) {
            moves.forEach(([row, frames]) => this.animate(row, frames));
        }
    }

    framesFor(row, box, before) {
        const {id} = row.dataset;
        const from = before.boxes.get(id);
        if (!from) {
            // It may have been out of sight.
            before.ids ??= new Set(before.columns.flat().map((el) => el.dataset.id));
            return before.ids.has(id) ? null : FADE_IN;
        }
        const [dx, dy] = [from.left - box.left, from.top - box.top];
        return Math.abs(dx) + Math.abs(dy) >= 1
            ? glideFrames(dx, dy, box.height)
            : null;
    }

    animate(row, frames) {
        const animation = row.animate(frames, {
            duration: GLIDE_DURATION,
            easing: EASING,
        });
        row.classList.add("o_amanat_gliding");
        this.running.set(animation, row);
        animation.onfinish = () => this.end(animation);
    }

    end(animation) {
        this.running.get(animation)?.classList.remove("o_amanat_gliding");
        this.running.delete(animation);
    }

    /** Everything is at its place at once. */
    cancel() {
        for (const animation of [...this.running.keys()]) {
            animation.cancel();
            this.end(animation);
        }
    }

    /** What the person does from now on moves rows, too, and these do not glide. */
    interrupt() {
        this.before = null;
        this.cancel();
    }
}

/**
 * To be called in the setup of a renderer of a list or kanban.
 *
 * @param {object} renderer
 */
export function useGlide(renderer) {
    const {list} = renderer.props;
    const patcher = patcherOf(list.model);
    if (!patcher || list.model.root?.id !== list.id) {
        return;
    }
    const glide = new Glide(() => renderer.rootRef.el);
    const onWillMove = () => glide.capture();
    patcher.bus.addEventListener("WILL_MOVE", onWillMove);
    onPatched(() => guarded("could not let rows glide", () => glide.play()));
    const onInterrupted = () => glide.interrupt();
    for (const type of INTERRUPTING_EVENTS) {
        useExternalListener(document, type, onInterrupted, {
            capture: true,
            passive: true,
        });
    }
    onWillUnmount(() => {
        patcher.bus.removeEventListener("WILL_MOVE", onWillMove);
        glide.cancel();
    });
}
