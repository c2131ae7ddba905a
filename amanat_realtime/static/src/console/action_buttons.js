import {Component, useState} from "@odoo/owl";
import {CONSOLE_ACTIONS} from "./console_actions";

/** Buttons that play another person; each can be pressed while others are at work. */
export class ActionButtons extends Component {
    static template = "amanat_realtime.ConsoleActionButtons";
    static props = {
        stage: Object,
        onDone: Function,
    };

    setup() {
        /** @type {Record<string, boolean>} by id of the action */
        this.running = useState({});
        this.actions = CONSOLE_ACTIONS;
    }

    async run({id, run}) {
        if (this.running[id]) {
            return;
        }
        this.running[id] = true;
        try {
            this.props.onDone(await run(this.props.stage));
        } finally {
            this.running[id] = false;
        }
    }
}
