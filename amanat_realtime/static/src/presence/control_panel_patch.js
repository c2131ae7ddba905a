import {patch} from "@web/core/utils/patch";
import {ControlPanel} from "@web/search/control_panel/control_panel";
import {guarded} from "../core/log";
import {PagePresence} from "./page_presence";
import {isPresenceOn} from "./presence_switch";

patch(ControlPanel.prototype, {
    /** A form shows people beside the name of its record. */
    get amanatPagePresence() {
        const {config, inDialog, searchModel} = this.env;
        return guarded("could not show who is here", () =>
            !inDialog &&
            config?.viewType &&
            config.viewType !== "form" &&
            isPresenceOn(searchModel?.resModel)
                ? PagePresence
                : null
        );
    },
});
