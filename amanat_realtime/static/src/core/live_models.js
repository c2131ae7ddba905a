import {session} from "@web/session";

const settings = () => session.amanat_realtime || {};

/**
 * @param {string} resModel
 * @returns {boolean} whether the server says that its views are live
 */
export function isLiveModel(resModel) {
    return Boolean(settings().models?.includes(resModel));
}

/** @returns {boolean} whether anything is live for this person */
export const isAnythingLive = () => Boolean(settings().models?.length);

/**
 * @param {string} resModel of the view
 * @returns {boolean} whether people are told in words what others change in it
 */
export function hasToasts(resModel) {
    return !settings().toasts_off?.includes(resModel);
}

/**
 * @param {string} resModel of the view
 * @returns {boolean} whether a save is compared with what others saved meanwhile
 */
export function hasConflictGuard(resModel) {
    return isLiveModel(resModel) && !settings().conflicts_off?.includes(resModel);
}

/**
 * @param {string} resModel
 * @returns {string | undefined} the field by which people call a record, if that is not
 *  its name
 */
export function nameField(resModel) {
    return settings().names?.[resModel];
}
