import {patch} from "@web/core/utils/patch";
import {ListRenderer} from "@web/views/list/list_renderer";
import {isFocusGuarded} from "./focus_guard";

patch(ListRenderer.prototype, {
    onCellKeydown() {
        this.amanatKeyDown = true;
        try {
            return super.onCellKeydown(...arguments);
        } finally {
            this.amanatKeyDown = false;
        }
    },

    async onCellClicked() {
        this.amanatClicked = true;
        try {
            return await super.onCellClicked(...arguments);
        } finally {
            this.amanatClicked = false;
        }
    },

    focusCell() {
        const wanted = this.cellToFocus || this.amanatKeyDown || this.amanatClicked;
        if (!wanted && isFocusGuarded(this.props.list.model)) {
            return;
        }
        return super.focusCell(...arguments);
    },
});
