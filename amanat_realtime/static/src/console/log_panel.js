import {Component, useState} from "@odoo/owl";
import {CopyButton} from "@web/core/copy_button/copy_button";
import {_t} from "@web/core/l10n/translation";
import {LogRow} from "./log_row";
import {asJson, choices, filtered} from "./message_log";
import {useLog} from "./use_log";

/** More rows are there when they are asked for. */
export const PAGE = 50;

/** The live log, with what one needs to find something in it. */
export class LogPanel extends Component {
    static template = "amanat_realtime.ConsoleLogPanel";
    static components = {CopyButton, LogRow};
    static props = {log: Object};

    setup() {
        this.filter = useState({type: "", model: "", text: ""});
        this.state = useState({limit: PAGE});
        this.copiedLabel = String(_t("Copied"));
        this.copyLabel = String(_t("Copy all"));
        useLog(this.props.log);
    }

    get found() {
        return filtered(this.props.log.entries, this.filter);
    }

    /** @returns {string[]} with what is chosen, even if there is none of it any more */
    options(key) {
        const chosen = this.filter[key];
        const options = choices(this.props.log.entries, key);
        return options.includes(chosen) || !chosen ? options : [chosen, ...options];
    }

    get count() {
        const {entries, held, dropped} = this.props.log;
        const shown = this.found.length;
        const texts = [
            shown === entries.length
                ? _t("%s in the log", shown)
                : _t("%(shown)s of %(all)s in the log", {shown, all: entries.length}),
            held.length && _t("%s more while paused", held.length),
            dropped && _t("%s older ones are not kept", dropped),
        ];
        return texts.filter(Boolean).map(String).join(", ");
    }

    get emptyText() {
        return this.props.log.entries.length
            ? _t("No message matches the filter.")
            : _t(
                  "No message so far. Press a button, or change a record in another tab."
              );
    }

    togglePause() {
        const {log} = this.props;
        if (log.isPaused) {
            log.resume();
        } else {
            log.pause();
        }
    }

    clear() {
        this.state.limit = PAGE;
        this.props.log.clear();
    }

    copied() {
        return asJson(this.found);
    }
}
