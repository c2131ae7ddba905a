import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {groupBy} from "@web/core/utils/arrays";
import {setAuthorColor} from "../core/author_color";
import {guarded} from "../core/log";

/**
 * @typedef {import("../core/message").Author} Author
 * @typedef {{
 *  el: HTMLElement,
 *  kind: "row" | "cell",
 *  isTitled?: boolean,
 *  by?: Author,
 * }} Mark `isTitled`: says who it was
 */

export const FLASH_DURATION = 3000;
const ROW_CLASSES = ["o_data_row", "o_kanban_record"];
/** With so many rows, each frame of an animation in one of them takes long. */
const MANY_ROWS = 100;
/** Each of them is styled anew in each frame of its animation. */
const MANY_MARKS = 40;
/** Marks in large views end together: each end draws the view again. */
const COMMON_END = 500;
/** A hidden tab hears of more than anybody will look at. */
const MAX_WAITING = 500;

/** @type {WeakMap<HTMLElement, Mark & {title: string}>} */
const running = new WeakMap();
/** @type {{find: (rows: RowIndex) => Mark[], by?: Author}[]} */
const requests = [];
let isWaiting = false;

/** Rows and cards on screen, looked for once however many of them changed. */
class RowIndex {
    constructor() {
        this.rows = ROW_CLASSES.flatMap((name) => [
            ...document.getElementsByClassName(name),
        ]);
        this.byId = groupBy(this.rows, (row) => row.getAttribute("data-id"));
    }

    /** @returns {HTMLElement[]} rows of a record; a form's root record has none */
    of({id}) {
        return this.byId[id] || [];
    }

    get areMany() {
        return this.rows.length >= MANY_ROWS;
    }

    /** What is a screen away may be scrolled to in time. */
    isNear(row) {
        const {top, bottom} = row.getBoundingClientRect();
        return bottom > -window.innerHeight && top < 2 * window.innerHeight;
    }
}

function onceVisible(callback) {
    if (document.visibilityState !== "hidden") {
        return callback();
    }
    document.addEventListener("visibilitychange", () => onceVisible(callback), {
        once: true,
    });
}

/** Two frames: the first one is where OWL writes what the patch changed. */
function afterRender(callback) {
    onceVisible(() =>
        browser.requestAnimationFrame(() => browser.requestAnimationFrame(callback))
    );
}

/**
 * Mark what changed, for a moment, in the colour of who changed it. Attributes are put
 * on the nodes themselves: they survive the next patches and cost no render.
 *
 * @param {(rows: RowIndex) => Mark[]} find called when everything is drawn
 * @param {Author} [by]
 */
export function requestFlash(find, by) {
    requests.push({find, by});
    if (requests.length > MAX_WAITING) {
        requests.shift();
    }
    if (!isWaiting) {
        isWaiting = true;
        afterRender(() => {
            isWaiting = false;
            guarded("could not mark what changed", () => flash(requests.splice(0)));
        });
    }
}

function flash(batch) {
    const rows = new RowIndex();
    const marks = new Map();
    for (const {find, by} of batch) {
        find(rows).forEach((mark) => marks.set(mark.el, {...mark, by}));
    }
    const started = [...marks.values()];
    const isStill = rows.areMany || started.length > MANY_MARKS;
    const restarted = started.filter(({el}) => running.has(el));
    restarted.forEach(({el}) => stop(running.get(el)));
    if (restarted.length) {
        // Without a reflow in between the animation under way would just go on.
        void document.body.offsetWidth;
    }
    started.forEach((mark) => start(mark, isStill));
    const end = Date.now() + FLASH_DURATION;
    const delay = isStill ? COMMON_END - (end % COMMON_END) : 0;
    browser.setTimeout(() => {
        started.filter((mark) => running.get(mark.el) === mark).forEach(stop);
    }, FLASH_DURATION + delay);
}

function start(mark, isStill) {
    const {el, kind, by, isTitled} = mark;
    setAuthorColor(el, by);
    el.dataset.amanatFlash = kind;
    el.toggleAttribute("data-amanat-still", isStill);
    if (by?.name) {
        el.dataset.amanatAuthor = by.name;
        if (isTitled && !el.title) {
            mark.title = _t("Changed by %(author)s", {author: by.name}).toString();
            el.title = mark.title;
        }
    }
    running.set(el, mark);
}

function stop({el, title}) {
    running.delete(el);
    delete el.dataset.amanatFlash;
    delete el.dataset.amanatStill;
    setAuthorColor(el);
    delete el.dataset.amanatAuthor;
    if (title && el.title === title) {
        el.removeAttribute("title");
    }
}
