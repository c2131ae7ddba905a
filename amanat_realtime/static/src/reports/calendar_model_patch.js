import {patch} from "@web/core/utils/patch";
import {CalendarModel} from "@web/views/calendar/calendar_model";
import {CalendarReport} from "./calendar_report";
import {followReport} from "./live_report";

patch(CalendarModel.prototype, {
    setup() {
        super.setup(...arguments);
        followReport(this, CalendarReport);
    },
});
