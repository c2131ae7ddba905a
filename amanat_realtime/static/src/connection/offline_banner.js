import {Component, useEffect, useState} from "@odoo/owl";
import {isForm} from "../model/datapoints";

/** Says, over what is being edited, that it cannot be saved now, or is yet to be saved. */
export class OfflineBanner extends Component {
    static template = "amanat_realtime.OfflineBanner";
    static props = {model: Object};

    setup() {
        this.connection = useState(this.env.services.amanat_realtime.connection);
        this.model = useState(this.props.model);
        this.state = useState({keptId: null, isBusy: false});
        useEffect(
            (isOffline, id, isDirty) => {
                if (!isDirty) {
                    this.state.keptId = null;
                } else if (isOffline) {
                    this.state.keptId = id;
                }
            },
            () => [this.isOffline, this.record?.id, this.record?.dirty]
        );
    }

    get isOffline() {
        return this.connection.state === "offline";
    }

    get isSessionExpired() {
        return this.connection.isSessionExpired;
    }

    /** A list looks through all its rows for this: not while all is well. */
    get record() {
        const {root} = this.model;
        if (!root || isForm(root)) {
            return root;
        }
        const isNeeded = this.isOffline || this.state.keptId;
        return isNeeded ? root.editedRecord : undefined;
    }

    get isBack() {
        return ["live", "polling"].includes(this.connection.state);
    }

    /** @returns {"offline" | "unsaved" | ""} */
    get kind() {
        const {record} = this;
        const isKept = record?.dirty && record.id === this.state.keptId;
        if (this.isBack) {
            return isKept ? "unsaved" : "";
        }
        const isTold = this.isOffline || isKept;
        return isTold && record?.isInEdition ? "offline" : "";
    }

    async save() {
        this.state.isBusy = true;
        try {
            await this.record?.save();
        } finally {
            this.state.isBusy = false;
        }
    }
}
