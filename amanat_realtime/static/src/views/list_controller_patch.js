import {patch} from "@web/core/utils/patch";
import {ListController} from "@web/views/list/list_controller";
import {guarded} from "../core/log";
import {useHeldUpdates} from "./held_updates";

patch(ListController.prototype, {
    setup() {
        super.setup(...arguments);
        guarded("could not hold updates", () => useHeldUpdates(this));
    },
});
