import {browser} from "@web/core/browser/browser";

/** A frame may not come at all: the tab was hidden. */
const NO_FRAME = 250;

/**
 * @returns {Promise<number>} milliseconds that the next frame took, once it is drawn; or
 *  how long none came, of a tab that has too much to do
 */
export function frameDrawn() {
    return new Promise((resolve) => {
        const asked = Date.now();
        const isHidden = () => document.visibilityState === "hidden";
        const noFrame = browser.setTimeout(
            () => resolve(isHidden() ? 0 : Date.now() - asked),
            NO_FRAME
        );
        browser.requestAnimationFrame(() => {
            const begin = Date.now();
            browser.clearTimeout(noFrame);
            browser.setTimeout(() => resolve(Date.now() - begin));
        });
    });
}
