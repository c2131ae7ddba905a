import {toRaw} from "@odoo/owl";
import {guarded} from "../core/log";
import {RowMarks} from "./row_marks";

/**
 * @typedef {{
 *  vnode: object,
 *  children: Record<string, object>,
 *  marks: RowMarks,
 *  mark: import("./row_marks").Mark,
 * }} Row a row as it is on screen; `children`: its components by key
 */

/** Fewer rows are drawn fast enough by core alone. */
export const MIN_ROWS = 100;
/** A render that a patch causes begins within that many microtasks. */
const MICROTASKS = 12;

const memos = new WeakMap();

/**
 * What is rendered within the next microtasks was caused by our patches of a model.
 *
 * @param {object} model
 */
export async function expectRender(model) {
    const memo = memos.get(toRaw(model));
    if (!memo) {
        return;
    }
    const token = (memo.expected = {});
    for (let i = 0; i < MICROTASKS && memo.expected === token; i++) {
        await Promise.resolve();
    }
    if (memo.expected === token) {
        memo.expected = null;
    }
}

/**
 * A list draws all of its rows whenever one cell changes. When it was us who changed
 * it, the rows that show the same as before are taken from the last render: blockdom
 * passes over a node that it is given twice.
 *
 * OWL forgets what a component depends on when it draws it, so what a row that is not
 * drawn depends on is watched here.
 */
export class RowMemo {
    /**
     * @param {import("@odoo/owl").Component} renderer
     * @param {() => any[]} getShared what rows show of the list around them: if any of
     *  it changed, all rows are drawn
     */
    constructor(renderer, getShared) {
        this.renderer = renderer;
        this.getShared = getShared;
        this.model = toRaw(renderer.props.list.model);
        memos.set(this.model, this);
        this.expected = null;
        this.isActive = false;
        /** @type {Map<string, Row>} by key of their nodes */
        this.rows = new Map();
        this.shared = [];
        /** @type {WeakMap<object, RowMarks>} by raw record */
        this.marks = new WeakMap();
        // A render may be dropped for the next one before it is on screen.
        this.mustDraw = new Set();
        this.mustDrawAll = true;
    }

    destroy() {
        if (memos.get(this.model) === this) {
            memos.delete(this.model);
        }
        this.forget();
    }

    forget() {
        this.rows = new Map();
        this.mustDrawAll = true;
    }

    /** Is the render under way one that we caused, and no other? */
    get mayReuse() {
        const isDeep = this.renderer.__owl__.fiber?.deep;
        return Boolean(this.expected && !isDeep && !this.mustDrawAll);
    }

    /** @param {boolean} isActive the list is one that is worth it */
    begin(isActive) {
        this.isActive = isActive;
        this.drawing = new Map();
        if (!isActive) {
            this.forget();
            return;
        }
        const shared = this.getShared();
        const isSame =
            shared.length === this.shared.length &&
            shared.every((value, i) => value === this.shared[i]);
        this.nextShared = shared;
        if (!this.mayReuse || !isSame) {
            this.mustDrawAll = true;
        }
        this.hasDrawn = false;
    }

    /** What was drawn last is on screen. */
    onApplied() {
        if (!this.isActive) {
            return;
        }
        this.rows = this.drawing;
        this.shared = this.nextShared;
        this.mustDraw.clear();
        this.mustDrawAll = false;
    }

    /**
     * @param {object} record
     * @param {string} key of the node
     * @param {object} node OWL's node of the list
     * @param {() => object} render
     * @returns {object} node of the row
     */
    draw(record, key, node, render) {
        if (!this.isActive || !node.fiber) {
            return render();
        }
        const row = this.rows.get(key);
        if (this.guarded(() => this.canReuse(row, record, key))) {
            Object.assign(node.fiber.childrenMap, row.children);
            this.drawing.set(key, row);
            return row.vnode;
        }
        return this.drawAnew(row, record, key, node, render);
    }

    /** Nothing that goes wrong here may stop a list from being drawn. */
    guarded(fn) {
        return guarded("could not remember rows", fn, () => {
            this.isActive = false;
            this.forget();
        });
    }

    canReuse(row, record, key) {
        // What rows share is subscribed to by drawing one of them.
        if (this.mustDrawAll || !this.hasDrawn || !row || this.mustDraw.has(key)) {
            return false;
        }
        const {marks, mark} = row;
        const raw = toRaw(record);
        if (marks.record !== raw || raw.isInEdition || !marks.isAt(mark)) {
            return false;
        }
        if (!marks.isWatched) {
            marks.watch();
            row.mark = marks.take();
        }
        return true;
    }

    drawAnew(row, record, key, node, render) {
        const marks = this.marksOf(record);
        const mark = this.guarded(() => marks.take());
        const {fiber} = node;
        const all = fiber.childrenMap;
        const children = (fiber.childrenMap = {});
        let vnode = null;
        try {
            vnode = render();
        } finally {
            fiber.childrenMap = Object.assign(all, children);
        }
        this.hasDrawn = true;
        this.mustDraw.add(key);
        if (mark) {
            // The node that is on screen stays there, and is patched with the new one.
            const live = row?.vnode || vnode;
            this.drawing.set(key, {vnode: live, children, marks, mark});
        }
        return vnode;
    }

    marksOf(record) {
        const raw = toRaw(record);
        if (!this.marks.has(raw)) {
            this.marks.set(raw, new RowMarks(raw, () => this.onChanged()));
        }
        return this.marks.get(raw);
    }

    /** Something that the list itself is not subscribed to. */
    onChanged() {
        guarded("could not draw a row", () => this.renderer.render());
    }
}
