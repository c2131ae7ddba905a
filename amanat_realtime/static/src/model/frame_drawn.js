import {browser} from "@web/core/browser/browser";

/** A frame may not come at all: the tab was hidden. */
const NO_FRAME = 250;

/** @returns {Promise<number>} milliseconds that the next frame took, once it is drawn */
export function frameDrawn() {
    return new Promise((resolve) => {
        const noFrame = browser.setTimeout(() => resolve(0), NO_FRAME);
        browser.requestAnimationFrame(() => {
            const begin = Date.now();
            browser.clearTimeout(noFrame);
            browser.setTimeout(() => resolve(Date.now() - begin));
        });
    });
}
