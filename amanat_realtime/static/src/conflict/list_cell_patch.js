import {patch} from "@web/core/utils/patch";
import {ListRenderer} from "@web/views/list/list_renderer";
import {conflictOf} from "./field_conflict";

patch(ListRenderer.prototype, {
    /** A cell with a mark is a field, also in a row that was left: a line of a form. */
    canUseFormatter(column, record) {
        return super.canUseFormatter(...arguments) && !conflictOf(record, column.name);
    },
});
