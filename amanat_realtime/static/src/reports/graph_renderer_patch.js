import {patch} from "@web/core/utils/patch";
import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {guarded} from "../core/log";
import {moveChart} from "./move_chart";
import {reportOf} from "./live_report";

patch(GraphRenderer.prototype, {
    /** Core makes a new chart, which grows from zero under the eyes of the person. */
    renderChart() {
        const isMoved = guarded("could not move a chart", () => {
            const {model} = this;
            return reportOf(model)?.isToBeMoved?.(model.data) && moveChart(this);
        });
        return isMoved ? undefined : super.renderChart(...arguments);
    },
});
