import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {isAnythingLive} from "../core/live_models";
import {savePreference} from "../core/preference";

/** Only people with live views have rows that others move. */
export function heldUpdatesMenuItem(env) {
    const isEnabled = () => Boolean(session.amanat_realtime?.hold);
    return {
        type: "switch",
        id: "amanat_realtime_hold",
        description: _t("Keep rows under the mouse in place"),
        isChecked: isEnabled(),
        show: isAnythingLive,
        callback: () =>
            savePreference(
                env.services.orm,
                "amanat_realtime_hold",
                "hold",
                !isEnabled()
            ),
        sequence: 46,
    };
}

registry.category("user_menuitems").add("amanat_realtime_hold", heldUpdatesMenuItem);
