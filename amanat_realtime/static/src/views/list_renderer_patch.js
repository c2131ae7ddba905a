import {patch} from "@web/core/utils/patch";
import {ListRenderer} from "@web/views/list/list_renderer";
import {guarded} from "../core/log";
import {isFocusGuarded} from "./focus_guard";
import {useGlide} from "./glide";
import {useGoneMarks} from "./gone_mark";

/**
 * The tooltip of a cell that is typed in covers the rows below, and follows the text by
 * new inline styles: with many rows each of them costs as much as drawing the page.
 */
function closeTooltip(el) {
    el.dispatchEvent(new MouseEvent("mouseleave"));
}

patch(ListRenderer.prototype, {
    setup() {
        super.setup(...arguments);
        useGoneMarks(this);
        guarded("could not prepare rows to glide", () => useGlide(this));
    },

    onCellKeydown(ev) {
        if (this.amanatRowMemo?.isActive) {
            closeTooltip(ev.target);
        }
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
