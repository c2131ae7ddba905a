import {toRaw} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {FormController} from "@web/views/form/form_controller";
import {ListController} from "@web/views/list/list_controller";
import {isLiveModel} from "../core/live_models";
import {guarded} from "../core/log";
import {OfflineBanner} from "./offline_banner";

/**
 * A beacon that is sent without a network is lost, and the browser says that it was
 * sent: only the person can decide to leave then.
 *
 * @returns {boolean} whether the page should stay
 */
function wouldLose({env, model, props}, record) {
    const {amanat_realtime: realtime, editing_state: editing} = env.services;
    return (
        isLiveModel(props.resModel) &&
        realtime?.connection.state === "offline" &&
        Boolean(record?.dirty || editing.isTyping(toRaw(model)))
    );
}

const controllerPatch = (recordOf) => ({
    /** Not in `components`: subclasses that define their own would lack it. */
    get amanatOfflineBanner() {
        const {amanat_realtime: realtime} = this.env.services;
        return realtime && isLiveModel(this.props.resModel) && OfflineBanner;
    },

    async beforeUnload(event) {
        const isLoss = guarded("could not look for unsaved changes", () =>
            wouldLose(this, recordOf(this.model.root))
        );
        if (isLoss) {
            event.preventDefault();
            event.returnValue = "Unsaved changes";
            return;
        }
        return super.beforeUnload(...arguments);
    },
});

patch(
    FormController.prototype,
    controllerPatch((root) => root)
);
patch(
    ListController.prototype,
    controllerPatch((root) => root.editedRecord)
);
