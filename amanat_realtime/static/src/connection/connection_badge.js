import {Component, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {registry} from "@web/core/registry";
import {useBus} from "@web/core/utils/hooks";
import {session} from "@web/session";
import {isAnythingLive} from "../core/live_models";
import {ConnectionDetails} from "./connection_details";
import {stateLabel, stateSentence} from "./connection_text";

/**
 * How live this tab is. Its looks follow one data attribute, for a class that changes
 * anywhere makes the browser go through all cells of a large list.
 */
export class ConnectionBadge extends Component {
    static template = "amanat_realtime.ConnectionBadge";
    static components = {Dropdown, ConnectionDetails};
    static props = {};

    setup() {
        const realtime = this.env.services.amanat_realtime;
        this.connection = useState(realtime.connection);
        this.state = useState({isShown: isAnythingLive()});
        useBus(realtime.events, "SETTINGS", () => {
            this.state.isShown = isAnythingLive();
        });
    }

    get label() {
        return stateLabel(this.connection);
    }

    get sentence() {
        return stateSentence(this.connection);
    }
}

registry.category("systray").add(
    "amanat_realtime.connection",
    {
        Component: ConnectionBadge,
        isDisplayed: ({services}) =>
            Boolean(session.amanat_realtime && services.amanat_realtime),
    },
    {sequence: 40}
);
