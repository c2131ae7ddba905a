import {patch} from "@web/core/utils/patch";
import {GraphModel} from "@web/views/graph/graph_model";
import {GraphReport} from "./graph_report";
import {followReport} from "./live_report";

patch(GraphModel.prototype, {
    setup() {
        super.setup(...arguments);
        followReport(this, GraphReport);
    },
});
