import {session} from "@web/session";
import {isLiveModel} from "../core/live_models";

const switches = () => session.amanat_realtime?.presence || {};

/** @returns {boolean} whether this database tells people of each other */
export const isPresenceEnabled = () => switches().enabled === true;

/**
 * @param {string} resModel
 * @returns {boolean} whether people see each other in the views of a model
 */
export function isPresenceOn(resModel) {
    return (
        isPresenceEnabled() &&
        isLiveModel(resModel) &&
        !switches().off?.includes(resModel)
    );
}

/** @returns {boolean} whether this person does not show others where they are */
export const isHidden = () => switches().hidden === true;
