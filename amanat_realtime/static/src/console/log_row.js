import {Component, useState} from "@odoo/owl";
import {CopyButton} from "@web/core/copy_button/copy_button";
import {_t} from "@web/core/l10n/translation";
import {asJson} from "./message_log";

const {DateTime} = luxon;
const MAX_IDS = 5;

/** One message; its JSON is text, and made when it is looked at. */
export class LogRow extends Component {
    static template = "amanat_realtime.ConsoleLogRow";
    static components = {CopyButton};
    static props = {entry: Object};

    setup() {
        this.state = useState({isOpen: false});
        this.copyLabel = String(_t("Copied"));
    }

    get time() {
        return DateTime.fromMillis(this.props.entry.receivedAt).toFormat(
            "HH:mm:ss.SSS"
        );
    }

    get ids() {
        const {ids} = this.props.entry;
        const shown = ids
            .slice(0, MAX_IDS)
            .map((id) => `#${id}`)
            .join(", ");
        return ids.length > MAX_IDS ? `${shown}, …` : shown;
    }

    get size() {
        return _t("%s bytes", this.props.entry.size);
    }

    get latency() {
        const {latency} = this.props.entry;
        return latency === null ? "" : _t("%s ms", latency);
    }

    get latencyHelp() {
        return _t(
            "From the begin of the transaction to this tab, by the clocks of the server and of this device"
        );
    }

    get json() {
        return JSON.stringify(JSON.parse(this.props.entry.json), null, 2);
    }

    copied() {
        return asJson([this.props.entry]);
    }

    onToggle(ev) {
        this.state.isOpen = ev.target.open;
    }
}
