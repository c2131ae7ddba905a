import {onWillUnmount, useEffect} from "@odoo/owl";

/**
 * Draw a chart of Chart.js, which must have been loaded, and draw it anew in place after
 * each render.
 *
 * @param {{el: HTMLCanvasElement | null}} canvas a ref; without an element, there is no
 *  chart
 * @param {() => object} makeConfig for Chart.js
 */
export function useChart(canvas, makeConfig) {
    let drawn = null;

    function remove() {
        drawn?.destroy();
        drawn = null;
    }

    function draw() {
        if (drawn && drawn.canvas !== canvas.el) {
            remove();
        }
        if (!canvas.el) {
            return;
        }
        const config = makeConfig();
        if (drawn) {
            drawn.data = config.data;
            drawn.update("none");
        } else {
            drawn = new window.Chart(canvas.el, config);
        }
    }

    useEffect(draw);
    onWillUnmount(remove);
}
