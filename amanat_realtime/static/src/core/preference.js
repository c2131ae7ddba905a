import {user} from "@web/core/user";
import {session} from "@web/session";

/**
 * @param {object} orm service
 * @param {string} fieldName of the person's user
 * @param {string} key of what this page knows of it, see `session_info`; with a dot
 *  for a value inside of another
 * @param {boolean} value
 * @returns {Promise<void>} rejected if the server refused; nothing changed then
 */
export async function savePreference(orm, fieldName, key, value) {
    await orm.write("res.users", [user.userId], {[fieldName]: value});
    const [name, nested] = key.split(".");
    const known = session.amanat_realtime?.[name];
    session.amanat_realtime = {
        ...session.amanat_realtime,
        [name]: nested ? {...known, [nested]: value} : value,
    };
}
