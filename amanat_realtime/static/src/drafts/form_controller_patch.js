import {patch} from "@web/core/utils/patch";
import {FormController} from "@web/views/form/form_controller";
import {DraftBanner} from "./draft_banner";

patch(FormController.prototype, {
    /** Not in `components`: subclasses that define their own would lack it. */
    get amanatDraftBanner() {
        return this.env.services.amanat_realtime_drafts && DraftBanner;
    },
});
