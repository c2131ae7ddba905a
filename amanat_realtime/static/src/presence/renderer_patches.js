import {patch} from "@web/core/utils/patch";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {ListRenderer} from "@web/views/list/list_renderer";
import {guarded} from "../core/log";
import {usePresenceMarks} from "./record_marks";

for (const Renderer of [ListRenderer, KanbanRenderer]) {
    patch(Renderer.prototype, {
        setup() {
            super.setup(...arguments);
            guarded("could not mark where people are", () => usePresenceMarks(this));
        },
    });
}
