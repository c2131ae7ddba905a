import {reactive} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {RelationalModel} from "@web/model/relational_model/relational_model";
import {ActivityReport} from "./activity_report";
import {followReport} from "./live_report";

patch(RelationalModel.prototype, {
    setup() {
        super.setup(...arguments);
        // The activity view is mail's, and mail need not be installed.
        if (typeof this.fetchActivityData === "function") {
            // The raw model would take what was read too, but nothing would be drawn.
            followReport(reactive(this), ActivityReport);
        }
    },
});
