import {Component, onMounted, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {CheckBox} from "@web/core/checkbox/checkbox";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Poller} from "../connection/poller";
import {latencyChart, trafficChart} from "./charts";
import {clockText, numberText} from "./figures_text";
import {hintsOf} from "./hints";
import {MonitoringChart} from "./monitoring_chart";
import {tilesOf} from "./tiles";

const MODEL = "amanat.realtime.monitor";

/** What live updates do just now, and the switches for when they do too much. */
export class MonitoringAction extends Component {
    static template = "amanat_realtime.Monitoring";
    static components = {CheckBox, Layout, MonitoringChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.numberText = numberText;
        this.state = useState({report: null, error: "", isSwitching: false});
        this.poller = new Poller({
            poll: () => this.orm.silent.call(MODEL, "get_report"),
            isFollowing: () => true,
            onAnswer: (report) => Object.assign(this.state, {report, error: ""}),
            onError: (error) => (this.state.error = this.reasonOf(error)),
        });
        onWillStart(() => loadBundle("web.chartjs_lib"));
        onMounted(() => this.poller.start());
        onWillUnmount(() => this.poller.stop());
    }

    get tiles() {
        return tilesOf(this.state.report);
    }

    get hints() {
        return hintsOf(this.state.report);
    }

    get charts() {
        const {report} = this.state;
        return [trafficChart(report), latencyChart(report)];
    }

    get time() {
        return clockText(this.state.report.at);
    }

    /** What the server refuses, it says why; else it did not answer. */
    reasonOf(error) {
        return error.data?.message || _t("The server does not answer.");
    }

    /** @param {{model: string, live: boolean}} row */
    toggleModel({model, live}) {
        return this.switch("set_live", [model, !live]);
    }

    toggleAll() {
        if (!this.state.report.enabled) {
            return this.switch("set_enabled", [true]);
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Switch off all live updates?"),
            body: _t(
                "Nobody will see what others save until they reload, in any model, until you switch them on again."
            ),
            confirmLabel: _t("Switch off"),
            confirm: () => this.switch("set_enabled", [false]),
            cancel: () => null,
        });
    }

    async switch(method, args) {
        this.state.isSwitching = true;
        try {
            await this.orm.call(MODEL, method, args);
            // an answer under way may be older than the switch
            await this.poller.pending;
            await this.poller.pollNow();
        } finally {
            this.state.isSwitching = false;
        }
    }
}

registry.category("actions").add("amanat_realtime.monitoring", MonitoringAction);
