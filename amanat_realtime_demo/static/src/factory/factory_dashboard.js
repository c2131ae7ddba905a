import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLiveRead} from "@amanat_realtime/reports/use_live_read";
import {ConnectionLine} from "../live/connection_line";
import {LineChart} from "../live/line_chart";
import {Simulator} from "./simulator";

const PULSES_PER_SECOND = 50;
const SUPERVISOR = "amanat_realtime_demo.group_factory_supervisor";
const {DateTime} = luxon;

/** What goes on in the factory, as it goes on. */
export class FactoryDashboard extends Component {
    static template = "amanat_realtime_demo.FactoryDashboard";
    static components = {ConnectionLine, Layout, LineChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.live = useLiveRead({
            resModels: [
                "amanat.machine",
                "amanat.employee",
                "amanat.shift",
                "amanat.security.event",
            ],
            read: () => this.orm.silent.call("amanat.machine", "dashboard_state", []),
        });
        onWillStart(async () => {
            this.isSupervisor = await user.hasGroup(SUPERVISOR);
        });
        this.simulator = useState(
            new Simulator(() =>
                this.orm.silent.call("amanat.machine", "action_simulate", [
                    PULSES_PER_SECOND,
                ])
            )
        );
        onWillDestroy(() => this.simulator.stop());
    }

    get display() {
        return {controlPanel: {}};
    }

    get tiles() {
        const {machines, pieces, people, events} = this.live.data;
        const running = machines.filter(({status}) => status === "running").length;
        return [
            {
                key: "machines",
                label: _t("Machines running"),
                value: _t("%(running)s of %(all)s", {running, all: machines.length}),
                model: "machine",
            },
            {key: "pieces", label: _t("Pieces made"), value: pieces, model: "machine"},
            {
                key: "people",
                label: _t("People here"),
                value: _t("%(here)s of %(all)s", people),
                model: "employee",
            },
            {
                key: "events",
                label: _t("Security events to handle"),
                value: events.length,
                model: "security_event",
            },
        ];
    }

    get labels() {
        return this.live.data.chart.map(([at]) =>
            DateTime.fromISO(at).toLocaleString(DateTime.TIME_WITH_SECONDS)
        );
    }

    get lines() {
        const points = this.live.data.chart.map(([, pieces]) => pieces);
        return [{label: _t("Pieces"), points}];
    }

    get summary() {
        const [{points}] = this.lines;
        return _t(
            "Pieces in the last ten minutes: %(total)s, most in ten seconds: %(most)s",
            {
                total: points.reduce((sum, pieces) => sum + pieces, 0),
                most: Math.max(...points),
            }
        );
    }

    get simulateLabel() {
        return this.simulator.isRunning
            ? _t("Stop the simulation")
            : _t("Simulate %(pulses)s pulses per second", {pulses: PULSES_PER_SECOND});
    }

    toggleSimulation() {
        if (this.simulator.isRunning) {
            this.simulator.stop();
        } else {
            this.simulator.start();
        }
    }

    open(name) {
        this.action.doAction(`amanat_realtime_demo.action_${name}`);
    }
}

registry.category("actions").add("amanat_realtime_demo.factory", FactoryDashboard);
