import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useChart} from "../reports/use_chart";
import {chartConfig} from "./charts";

/** A chart that is drawn anew in place, and says the same as a table. */
export class MonitoringChart extends Component {
    static template = "amanat_realtime.MonitoringChart";
    static props = {chart: Object};

    setup() {
        this.canvas = useRef("canvas");
        useChart(this.canvas, () => chartConfig(this.props.chart));
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
}
