import {browser} from "@web/core/browser/browser";

const canSelect = (el) =>
    el?.matches?.("input, textarea") && el.selectionStart !== null;

/**
 * A new value set in the focused input throws its caret to the end: put it back where
 * the person had it, unless they went on in the meantime.
 *
 * @param {(el: HTMLElement) => boolean} isTyped
 */
export function keepCaret(isTyped) {
    const el = document.activeElement;
    if (!canSelect(el) || isTyped(el)) {
        return;
    }
    const {value, selectionStart, selectionEnd, selectionDirection} = el;
    const nextFrame = (fn) => browser.requestAnimationFrame(fn);
    nextFrame(() =>
        nextFrame(() => {
            const replaced =
                el.value !== value && el.selectionStart === el.value.length;
            if (replaced && el === document.activeElement && !isTyped(el)) {
                el.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
            }
        })
    );
}
