import {patch} from "@web/core/utils/patch";
import {FormStatusIndicator} from "@web/views/form/form_status_indicator/form_status_indicator";
import {guarded} from "../core/log";
import {isPresenceOn} from "./presence_switch";
import {RecordPresence} from "./record_presence";

patch(FormStatusIndicator.prototype, {
    /** Not in `components`: subclasses that define their own would lack it. */
    get amanatRecordPresence() {
        return guarded("could not show who is here", () =>
            isPresenceOn(this.props.model.root?.resModel) ? RecordPresence : null
        );
    },
});
