import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {savePreference} from "../core/preference";
import {isHidden, isPresenceEnabled} from "./presence_switch";

/** Only where people are told of each other is there something to hide. */
export function presenceMenuItem(env) {
    return {
        type: "switch",
        id: "amanat_realtime_presence",
        description: _t("Show others where I am"),
        isChecked: !isHidden(),
        show: isPresenceEnabled,
        callback: async () => {
            await savePreference(
                env.services.orm,
                "amanat_realtime_hidden",
                "presence.hidden",
                !isHidden()
            );
            // Others see or forget this person at once, not at the next heartbeat.
            env.services.amanat_realtime_presence.reportAgain();
        },
        sequence: 47,
    };
}

registry.category("user_menuitems").add("amanat_realtime_presence", presenceMenuItem);
