import {Component, onWillDestroy, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatPercentage} from "@web/views/fields/formatters";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ProgressBar} from "@amanat_realtime/progress/progress_bar";
import {useLiveRead} from "@amanat_realtime/reports/use_live_read";
import {ConnectionLine} from "../live/connection_line";
import {LineChart} from "../live/line_chart";

const TASK = "amanat.sync.task";
const METRIC = "amanat.sync.metric";
const MAX_NOTICES = 20;
const {DateTime} = luxon;

/** Sync tasks, the state of the server and notices: those that the person wants. */
export class SyncMonitor extends Component {
    static template = "amanat_realtime_demo.SyncMonitor";
    static components = {ConnectionLine, Layout, LineChart, ProgressBar};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.events = useState({
            sync_update: true,
            metrics_update: true,
            notification: true,
        });
        this.live = useLiveRead({
            resModels: [TASK, METRIC],
            read: () => this.orm.silent.call(TASK, "monitor_state", []),
        });
        this.notices = useState([]);
        this.progress = useService("amanat_realtime_progress");
        this.works = useState(this.progress.store);
        const stop = this.env.services.amanat_realtime.subscribe(
            "sync_finished",
            (payload) => this.onFinished(payload)
        );
        onWillDestroy(stop);
    }

    get display() {
        return {controlPanel: {}};
    }

    get choices() {
        return [
            {name: "sync_update", label: _t("Sync tasks")},
            {name: "metrics_update", label: _t("System metrics")},
            {name: "notification", label: _t("Notifications")},
        ];
    }

    get tiles() {
        const last = this.live.data.metrics.at(-1);
        const percent = (value) => formatPercentage(value / 100, {digits: [16, 0]});
        return last
            ? [
                  {key: "cpu", label: _t("CPU"), value: percent(last.cpu)},
                  {key: "memory", label: _t("Memory"), value: percent(last.memory)},
                  {key: "disk", label: _t("Disk"), value: percent(last.disk)},
                  {
                      key: "load",
                      label: _t("Load per core"),
                      value: last.load.toFixed(2),
                  },
              ]
            : [];
    }

    get labels() {
        return this.live.data.metrics.map(({date}) =>
            DateTime.fromISO(date).toLocaleString(DateTime.TIME_SIMPLE)
        );
    }

    get lines() {
        const {metrics} = this.live.data;
        return [
            {label: _t("CPU (%)"), points: metrics.map(({cpu}) => cpu)},
            {label: _t("Memory (%)"), points: metrics.map(({memory}) => memory)},
        ];
    }

    get summary() {
        return this.tiles.map(({label, value}) => `${label}: ${value}`).join(", ");
    }

    workOf(task) {
        const work = this.works.about(TASK, task.id);
        return work?.state === "running" ? work : null;
    }

    toggle(name) {
        this.events[name] = !this.events[name];
    }

    async run(task) {
        await this.orm.call(TASK, "action_run", [[task.id]]);
        await this.live.refresh();
    }

    cancel(work) {
        return this.progress.cancel(work.id);
    }

    onFinished({records, at}) {
        if (!this.events.notification) {
            return;
        }
        const time = DateTime.fromISO(at).toLocaleString(DateTime.TIME_WITH_SECONDS);
        for (const {id, name, result} of records) {
            this.notices.unshift({
                key: `${at} ${id}`,
                time,
                text: `${name}: ${result}`,
            });
        }
        this.notices.splice(MAX_NOTICES);
    }
}

registry.category("actions").add("amanat_realtime_demo.sync_monitor", SyncMonitor);
