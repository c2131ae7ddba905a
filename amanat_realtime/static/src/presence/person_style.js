import {AttributeStyles} from "../core/attribute_styles";
import {authorHue} from "../core/author_color";

/**
 * @param {number} userId
 * @returns {string} address of a small picture of the person
 */
export const avatarUrl = (userId) => `/web/image/res.users/${userId}/avatar_128`;

const styles = new AttributeStyles(
    "data-amanat-person",
    (id) => `
        --amanat-person-hue: ${authorHue(id)};
        --amanat-person-avatar: url("${avatarUrl(id)}");`
);

/**
 * Give an element the colour and the picture of a person, as custom properties.
 *
 * @param {{id: number}} person
 * @returns {string} value of the attribute `data-amanat-person`
 */
export function personStyle({id}) {
    if (authorHue(id) !== null) {
        styles.define(id);
    }
    return String(id);
}
