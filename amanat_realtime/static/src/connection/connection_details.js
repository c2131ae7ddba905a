import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {report} from "../core/log";
import {
    errorText,
    heardText,
    nextTryText,
    stateLabel,
    stateSentence,
} from "./connection_text";
import {proxyHint} from "./proxy_hint";

const TICK = 1000;

/** The connection in words; its times go on as long as it is open. */
export class ConnectionDetails extends Component {
    static template = "amanat_realtime.ConnectionDetails";
    static props = {connection: Object};

    setup() {
        this.connection = useState(this.props.connection);
        this.state = useState({hint: "", ticks: 0});
        onMounted(() => {
            this.interval = browser.setInterval(() => this.state.ticks++, TICK);
            this.loadHint();
        });
        onWillUnmount(() => browser.clearInterval(this.interval));
    }

    get label() {
        return stateLabel(this.connection);
    }

    get sentence() {
        return stateSentence(this.connection);
    }

    /** @returns {string[]} */
    get facts() {
        const {connection} = this;
        const ticking = this.state.ticks >= 0;
        return [heardText, nextTryText, errorText]
            .map((text) => ticking && text(connection))
            .filter(Boolean);
    }

    get isSessionExpired() {
        return this.connection.isSessionExpired;
    }

    get canReconnect() {
        const {state, offlineReason} = this.connection;
        const isDown = ["reconnecting", "polling", "offline"].includes(state);
        return isDown && offlineReason !== "network";
    }

    get hint() {
        return this.connection.state === "polling" ? this.state.hint : "";
    }

    async loadHint() {
        if (this.connection.state !== "polling") {
            return;
        }
        try {
            this.state.hint = await proxyHint();
        } catch (error) {
            report("could not look why websockets fail", error);
        }
    }

    reconnect() {
        return this.connection.reconnect();
    }

    reload() {
        browser.location.reload();
    }
}
