import {patch} from "@web/core/utils/patch";
import {FormController} from "@web/views/form/form_controller";
import {GoneBanner} from "./gone_banner";

patch(FormController.prototype, {
    /** Not in `components`: subclasses that define their own would lack it. */
    get amanatGoneBanner() {
        return GoneBanner;
    },
});
