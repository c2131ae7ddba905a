import {_t} from "@web/core/l10n/translation";
import {cookie} from "@web/core/browser/cookie";
import {getColor} from "@web/core/colors/colors";
import {chartOptions} from "../reports/chart_options";
import {bucketText, minuteText, numberText} from "./figures_text";

/**
 * @typedef {{
 *  id: string,
 *  title: string,
 *  type: "bar" | "line",
 *  labelsTitle: string,
 *  labels: string[],
 *  series: {label: string, values: number[]}[],
 *  empty: string,
 * }} ChartData `empty`: what is said instead, if there is nothing to show
 */

const sum = (numbers) => numbers.reduce((whole, number) => whole + number, 0);

/** @returns {ChartData} */
export function latencyChart({latency, samples}) {
    const {buckets, count} = latency;
    const unmeasured = samples
        ? _t(
              "Nothing was measured in the last hour. Browsers measure when they show what somebody else saved."
          )
        : _t("Measuring is switched off in the settings.");
    return {
        id: "latency",
        title: _t("From save to screen, last hour (%s measured)", numberText(count)),
        type: "bar",
        labelsTitle: _t("Time"),
        labels: buckets.map(bucketText),
        series: [{label: _t("Changes"), values: buckets.map(([, , n]) => n)}],
        empty: count ? "" : unmeasured,
    };
}

/** @returns {ChartData} */
export function trafficChart({minutes}) {
    const series = [
        {label: _t("Messages"), values: minutes.map(({messages}) => messages)},
        {label: _t("Delivered"), values: minutes.map(({delivered}) => delivered)},
    ];
    const isEmpty = !series.some(({values}) => sum(values));
    return {
        id: "traffic",
        title: _t("Messages per minute, last hour"),
        type: "line",
        labelsTitle: _t("Minute"),
        labels: minutes.map(({at}) => minuteText(at)),
        series,
        empty: isEmpty
            ? _t(
                  "Nothing was changed in the last hour that anybody had a view of open."
              )
            : "",
    };
}

/** @param {ChartData} chart */
function datasetsOf({type, series}) {
    const scheme = cookie.get("color_scheme");
    return series.map(({label, values}, index) => {
        const color = getColor(index, scheme, "sm");
        return {
            label,
            data: values,
            backgroundColor: color,
            borderColor: color,
            borderWidth: type === "line" ? 2 : 0,
            pointRadius: 0,
            pointHitRadius: 8,
        };
    });
}

/**
 * @param {ChartData} chart
 * @returns {object} for Chart.js
 */
export function chartConfig(chart) {
    return {
        type: chart.type,
        data: {labels: chart.labels, datasets: datasetsOf(chart)},
        options: chartOptions({hasLegend: chart.series.length > 1}),
    };
}
