import {authorHue} from "../core/author_color";

const sheet = new CSSStyleSheet();
const known = new Set();

/**
 * @param {number} userId
 * @returns {string} address of a small picture of the person
 */
export const avatarUrl = (userId) => `/web/image/res.users/${userId}/avatar_128`;

/**
 * Give an element the colour and the picture of a person, as custom properties. A style
 * sheet of its own does that: an inline style in a list of thousands of rows makes the
 * browser look at all of them.
 *
 * @param {{id: number}} person
 * @returns {string} value of the attribute `data-amanat-person`
 */
export function personStyle({id}) {
    const hue = authorHue(id);
    if (hue !== null && !known.has(id)) {
        known.add(id);
        sheet.insertRule(
            `[data-amanat-person="${id}"] {
                --amanat-person-hue: ${hue};
                --amanat-person-avatar: url("${avatarUrl(id)}");
            }`
        );
    }
    if (!document.adoptedStyleSheets.includes(sheet)) {
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
    return String(id);
}
