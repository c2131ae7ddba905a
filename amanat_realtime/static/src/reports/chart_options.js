import {cookie} from "@web/core/browser/cookie";
import {localization} from "@web/core/l10n/localization";
import {getCustomColor} from "@web/core/colors/colors";

/**
 * Options of Chart.js for a chart in the colours of the person's scheme and in the
 * direction of their language, of numbers that begin with 0.
 *
 * @param {{hasLegend: boolean}} chart
 * @returns {object}
 */
export function chartOptions({hasLegend}) {
    const scheme = cookie.get("color_scheme");
    const text = getCustomColor(scheme, "#111827", "#E4E4E4");
    const grid = getCustomColor(scheme, "rgba(0,0,0,.1)", "rgba(255,255,255,.15)");
    const rtl = localization.direction === "rtl";
    return {
        animation: false,
        maintainAspectRatio: false,
        interaction: {mode: "index", intersect: false},
        plugins: {
            legend: {display: hasLegend, labels: {color: text}, rtl},
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
    };
}
