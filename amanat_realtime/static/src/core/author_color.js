const GOLDEN_ANGLE = 137.508;

/**
 * The golden angle spreads consecutive ids over the colour wheel, so colleagues
 * created one after the other still get clearly different hues.
 *
 * @param {number} [userId]
 * @returns {number | null} hue in degrees, null when nobody is known
 */
export function authorHue(userId) {
    if (!Number.isInteger(userId) || userId <= 0) {
        return null;
    }
    return Math.round((userId * GOLDEN_ANGLE) % 360);
}

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
const definedHues = new Set();

function defineHue(hue) {
    if (!definedHues.has(hue)) {
        definedHues.add(hue);
        sheet.insertRule(`[data-amanat-hue="${hue}"] { --amanat-author-hue: ${hue}; }`);
    }
}

/**
 * Give an element the author's colour as `--amanat-author-hue`; style sheets pick
 * lightness and opacity, so that it stays readable on light and dark backgrounds.
 *
 * Not as an inline style: Chromium finds the style of a whole page anew when one
 * changes, or a class does, if any rule has `:has([style…])` (html_editor has one).
 *
 * @param {HTMLElement} element
 * @param {{id: number}} [author]
 */
export function setAuthorColor(element, author) {
    const hue = authorHue(author?.id);
    if (hue === null) {
        delete element.dataset.amanatHue;
    } else {
        defineHue(hue);
        element.dataset.amanatHue = String(hue);
    }
}
