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

/**
 * Inline style of an element marked in the author's colour; the style sheet picks
 * lightness and opacity, so that it stays readable on light and dark backgrounds.
 *
 * @param {HTMLElement} element
 * @param {{id: number}} [author]
 */
export function setAuthorColor(element, author) {
    const hue = authorHue(author?.id);
    if (hue === null) {
        element.style.removeProperty("--amanat-author-hue");
    } else {
        element.style.setProperty("--amanat-author-hue", String(hue));
    }
}
