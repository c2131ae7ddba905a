import {patch} from "@web/core/utils/patch";
import {PivotModel} from "@web/views/pivot/pivot_model";
import {PivotRenderer} from "@web/views/pivot/pivot_renderer";
import {followReport, reportOf} from "./live_report";
import {PivotReport} from "./pivot_report";

patch(PivotModel.prototype, {
    setup() {
        super.setup(...arguments);
        followReport(this, PivotReport);
    },
});

patch(PivotRenderer.prototype, {
    setup() {
        super.setup(...arguments);
        const live = reportOf(this.model);
        if (live) {
            live.renderer = this;
        }
    },
});
