import {session} from "@web/session";

/**
 * @param {string} resModel
 * @returns {boolean} whether the server says that its views are live
 */
export function isLiveModel(resModel) {
    return Boolean(session.amanat_realtime?.models?.includes(resModel));
}
