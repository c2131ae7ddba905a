import {browser} from "@web/core/browser/browser";

/** A frame may not come at all: the tab was hidden. */
const NO_FRAME = 250;
/** A tab that was asleep says nothing about how fast it draws. */
const LONGEST = 1000;

const isHidden = () => document.visibilityState === "hidden";
const since = (begin) => Math.min(Date.now() - begin, LONGEST);

/**
 * @returns {Promise<number>} milliseconds that the next frame took, once it is drawn; or
 *  how long none came, of a tab that has too much to do
 */
export function frameDrawn() {
    return new Promise((resolve) => {
        const asked = Date.now();
        const wasHidden = isHidden();
        const noFrame = browser.setTimeout(() => {
            const isUnknown = wasHidden || isHidden();
            resolve(isUnknown ? 0 : since(asked));
        }, NO_FRAME);
        browser.requestAnimationFrame(() => {
            const begin = Date.now();
            browser.clearTimeout(noFrame);
            browser.setTimeout(() => resolve(since(begin)));
        });
    });
}
