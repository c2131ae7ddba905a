import {patch} from "@web/core/utils/patch";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {guarded} from "../core/log";
import {useGlide} from "./glide";
import {useGoneMarks} from "./gone_mark";

patch(KanbanRenderer.prototype, {
    setup() {
        super.setup(...arguments);
        useGoneMarks(this);
        guarded("could not prepare cards to glide", () => useGlide(this));
    },
});
