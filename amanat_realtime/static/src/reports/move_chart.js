import {prefersReducedMotion} from "../views/highlight";

const MOVE_DURATION = 400;

const keyOf = ({type, label}) => `${type || ""}/${label}`;

/** The chart knows its bars and lines by their objects: those that stay are kept. */
function keepDatasets(previous, next) {
    const known = new Map(previous.map((dataset) => [keyOf(dataset), dataset]));
    return next.map((dataset) => {
        const kept = known.get(keyOf(dataset));
        known.delete(keyOf(dataset));
        return kept ? Object.assign(kept, dataset) : dataset;
    });
}

/** Slices are hidden by their place, which others may take. */
function keepHiddenSlices(chart, hidden) {
    chart.data.labels.forEach((label, index) => {
        if (hidden.has(label) === chart.getDataVisibility(index)) {
            chart.toggleDataVisibility(index);
        }
    });
}

/**
 * Let the chart on screen go over to the data of the model: what is hidden stays
 * hidden, what is pointed at stays pointed at.
 *
 * @param {object} renderer GraphRenderer
 * @returns {boolean} false if there is no chart that could
 */
export function moveChart(renderer) {
    const {canvasRef, chart, model} = renderer;
    const {mode} = model.metaData;
    const isDrawn = chart?.ctx && chart.canvas === canvasRef.el;
    if (!isDrawn || chart.config.type !== mode) {
        return false;
    }
    const {data, options} = renderer.getChartConfig();
    const {labels, datasets} = chart.data;
    const hidden = new Set(labels.filter((_, i) => !chart.getDataVisibility(i)));
    chart.data = {...data, datasets: keepDatasets(datasets, data.datasets)};
    if (hidden.size) {
        keepHiddenSlices(chart, hidden);
    }
    const duration = prefersReducedMotion() ? 0 : MOVE_DURATION;
    // A new chart is resized first, which decides where the legend goes.
    options.onResize?.();
    chart.options = {...options, animation: {duration}};
    chart.update();
    return true;
}
