const ROW = "o_data_row";
const CARD = "o_kanban_record";

/** @returns {{top: number, bottom: number, left: number, right: number}} */
function visibleArea(el) {
    const boxes = [el, el.parentElement].map((node) => node.getBoundingClientRect());
    return {
        top: Math.max(0, ...boxes.map(({top}) => top)),
        left: Math.max(0, ...boxes.map(({left}) => left)),
        bottom: Math.min(window.innerHeight, ...boxes.map(({bottom}) => bottom)),
        right: Math.min(window.innerWidth, ...boxes.map(({right}) => right)),
    };
}

/** Rows are one below the other: those far away need not be measured. */
function firstBelow(rows, top) {
    let low = 0;
    let high = rows.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (rows[middle].getBoundingClientRect().bottom <= top) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/**
 * @param {HTMLElement} root of a list or kanban
 * @returns {HTMLElement[][]} its rows, or the cards of each column, as they are now
 */
export function rowsByColumn(root) {
    const columns = root.getElementsByClassName("o_kanban_group");
    const parts = columns.length ? [...columns] : [root];
    // The fastest way to many elements.
    return parts.flatMap((part) => [
        Array.from(part.getElementsByClassName(ROW)),
        Array.from(part.getElementsByClassName(CARD)),
    ]);
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement[][]} columns see `rowsByColumn`
 * @returns {Map<HTMLElement, DOMRect>} the rows and cards that can be seen
 */
export function visibleRows(root, columns) {
    const area = visibleArea(root);
    const found = new Map();
    for (const rows of columns) {
        for (let i = firstBelow(rows, area.top); i < rows.length; i++) {
            const box = rows[i].getBoundingClientRect();
            if (box.top >= area.bottom) {
                break;
            }
            if (box.right > area.left && box.left < area.right && rows[i].dataset.id) {
                found.set(rows[i], box);
            }
        }
    }
    return found;
}
