import {Component, useState} from "@odoo/owl";
import {stateLabel, stateSentence} from "@amanat_realtime/connection/connection_text";

/** Says in words how live the page is: live, polling, offline. */
export class ConnectionLine extends Component {
    static template = "amanat_realtime_demo.ConnectionLine";
    static props = {isStale: {type: Boolean, optional: true}};

    setup() {
        this.connection = useState(this.env.services.amanat_realtime.connection);
    }

    get label() {
        return stateLabel(this.connection);
    }

    get sentence() {
        return stateSentence(this.connection);
    }
}
