import {_t} from "@web/core/l10n/translation";
import {cookie} from "@web/core/browser/cookie";
import {localization} from "@web/core/l10n/localization";
import {getColor, getCustomColor} from "@web/core/colors/colors";
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
function datasetsOf({type, series}, scheme) {
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
    const scheme = cookie.get("color_scheme");
    const text = getCustomColor(scheme, "#111827", "#E4E4E4");
    const grid = getCustomColor(scheme, "rgba(0,0,0,.1)", "rgba(255,255,255,.15)");
    const rtl = localization.direction === "rtl";
    return {
        type: chart.type,
        data: {labels: chart.labels, datasets: datasetsOf(chart, scheme)},
        options: {
            animation: false,
            maintainAspectRatio: false,
            interaction: {mode: "index", intersect: false},
            plugins: {
                legend: {
                    display: chart.series.length > 1,
                    labels: {color: text},
                    rtl,
                },
                tooltip: {rtl},
            },
            scales: {
                x: {
                    reverse: rtl,
                    ticks: {color: text, maxRotation: 0, autoSkipPadding: 16},
                    grid: {display: false},
                },
                y: {
                    beginAtZero: true,
                    position: rtl ? "right" : "left",
                    ticks: {color: text, precision: 0},
                    grid: {color: grid},
                },
            },
        },
    };
}
