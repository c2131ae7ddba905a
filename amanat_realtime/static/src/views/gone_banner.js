import {Component, useState} from "@odoo/owl";
import {canRestore, discardGone, restoreAsNew} from "../conflict/restore";
import {goneText} from "./notices";

/** Says in a form that its record is not there any more, and offers the ways out. */
export class GoneBanner extends Component {
    static template = "amanat_realtime.GoneBanner";
    static props = {record: Object};

    setup() {
        this.state = useState({isBusy: false});
    }

    get text() {
        return goneText(this.props.record.amanatGone || {deleted: true});
    }

    get canRestore() {
        return canRestore(this.props.record);
    }

    /** Errors go the way of all errors of the server. */
    async run(action) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await action(this.props.record);
        } finally {
            this.state.isBusy = false;
        }
    }

    onRestore() {
        return this.run(restoreAsNew);
    }

    onDiscard() {
        return this.run(discardGone);
    }
}
