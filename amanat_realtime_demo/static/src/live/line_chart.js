import {Component, onWillStart, useRef} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {cookie} from "@web/core/browser/cookie";
import {getColor, hexToRGBA} from "@web/core/colors/colors";
import {chartOptions} from "@amanat_realtime/reports/chart_options";
import {useChart} from "@amanat_realtime/reports/use_chart";

/**
 * A line over time that changes in place.
 *
 * @typedef {{label: string, points: number[]}} Line
 */
export class LineChart extends Component {
    static template = "amanat_realtime_demo.LineChart";
    static props = {
        title: String,
        /** times of the points, for people */
        labels: {type: Array, element: String},
        /** one per line: `{label, points}` */
        lines: {type: Array, element: Object},
        /** what the chart shows, in words */
        summary: String,
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useChart(this.canvas, () => this.config);
    }

    get datasets() {
        return this.props.lines.map(({label, points}, index) => {
            const color = getColor(index, cookie.get("color_scheme"), "sm");
            return {
                label,
                data: points,
                borderColor: color,
                backgroundColor: hexToRGBA(color, 0.2),
                fill: this.props.lines.length === 1,
                pointRadius: 0,
                tension: 0.2,
            };
        });
    }

    get config() {
        const {labels, lines} = this.props;
        return {
            type: "line",
            data: {labels, datasets: this.datasets},
            options: chartOptions({hasLegend: lines.length > 1}),
        };
    }
}
