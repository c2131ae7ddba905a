import {Component, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {chartConfig} from "./charts";

/** A chart that is drawn anew in place, and says the same as a table. */
export class MonitoringChart extends Component {
    static template = "amanat_realtime.MonitoringChart";
    static props = {chart: Object};

    setup() {
        this.canvas = useRef("canvas");
        useEffect(() => this.draw());
        onWillUnmount(() => this.remove());
    }

    get rows() {
        const {labels, series} = this.props.chart;
        return labels.map((label, index) => ({
            label,
            values: series.map(({values}) => values[index]),
        }));
    }

    get description() {
        return _t("%s. The same is in the table below.", this.props.chart.title);
    }

    draw() {
        if (this.drawn && this.drawn.canvas !== this.canvas.el) {
            this.remove();
        }
        if (!this.canvas.el) {
            return;
        }
        const config = chartConfig(this.props.chart);
        if (this.drawn) {
            this.drawn.data = config.data;
            this.drawn.update("none");
        } else {
            this.drawn = new window.Chart(this.canvas.el, config);
        }
    }

    remove() {
        this.drawn?.destroy();
        this.drawn = null;
    }
}
