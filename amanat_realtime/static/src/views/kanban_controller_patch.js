import {onWillDestroy} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {patch} from "@web/core/utils/patch";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {guarded, report} from "../core/log";
import {patcherOf} from "../core/patcher_of";
import {COLLECT_WINDOW} from "../model/refresher";
import {useHeldUpdates} from "./held_updates";
import {refreshProgressBars} from "./progress_bar_refresh";

patch(KanbanController.prototype, {
    setup() {
        super.setup(...arguments);
        guarded("could not hold updates", () => useHeldUpdates(this));
        const patcher = patcherOf(this.model);
        if (!patcher || !this.progressBarState) {
            return;
        }
        const {fieldName, sumField} = this.props.archInfo.progressAttributes;
        patcher.extraFields = [fieldName, sumField?.name].filter(Boolean);
        let timer = null;
        const refresh = () => {
            timer = null;
            if (patcher.refresher.isPending) {
                // It ends with a change of its own.
                return;
            }
            if (this.model.root?.isGrouped && !this.model.useSampleModel) {
                refreshProgressBars(this.progressBarState, this.env.services.orm).catch(
                    (error) => report("could not refresh progress bars", error)
                );
            }
        };
        patcher.bus.addEventListener("CHANGED", ({detail: {fields}}) => {
            const concerned =
                !fields || fields.some((f) => patcher.extraFields.includes(f));
            if (concerned && !timer) {
                timer = browser.setTimeout(refresh, COLLECT_WINDOW);
            }
        });
        onWillDestroy(() => browser.clearTimeout(timer));
    },
});
