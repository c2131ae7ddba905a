import {AttributeStyles} from "./attribute_styles";

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

const styles = new AttributeStyles(
    "data-amanat-hue",
    (hue) => `--amanat-author-hue: ${hue};`
);

/**
 * Give an element the author's colour as `--amanat-author-hue`; style sheets pick
 * lightness and opacity, so that it stays readable on light and dark backgrounds.
 *
 * @param {HTMLElement} element
 * @param {{id: number}} [author]
 */
export function setAuthorColor(element, author) {
    const hue = authorHue(author?.id);
    if (hue === null) {
        delete element.dataset.amanatHue;
    } else {
        styles.define(hue);
        element.dataset.amanatHue = String(hue);
    }
}
