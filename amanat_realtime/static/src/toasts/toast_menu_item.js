import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {isAnythingLive} from "../core/live_models";

/** Only people with live views have something to be told. */
export function toastMenuItem(env) {
    const {preference} = env.services.amanat_realtime_toasts;
    return {
        type: "switch",
        id: "amanat_realtime_toasts",
        description: _t("Update notifications"),
        isChecked: preference.isEnabled,
        show: isAnythingLive,
        // Both the check box and the line around it call this.
        callback: () => preference.set(!preference.isEnabled),
        sequence: 45,
    };
}

registry.category("user_menuitems").add("amanat_realtime_toasts", toastMenuItem);
