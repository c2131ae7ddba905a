import {onWillDestroy, toRaw, useEffect} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {FormController} from "@web/views/form/form_controller";
import {guarded} from "../core/log";
import {editorsByField, presentAt} from "./people";
import {isPresenceOn} from "./presence_switch";
import {scopeOfForm} from "./record_scope";

function editorsIn(store, model) {
    const scope = scopeOfForm(model);
    const people = scope.id && !store.isEmpty ? presentAt(store, scope) : [];
    return Object.fromEntries(editorsByField(people));
}

/** Fields are drawn again when who edits them changed, and not when it did not. */
function useFieldEditors({model, props}) {
    const store = model.env.services?.amanat_realtime_presence?.store;
    if (!store || !isPresenceOn(props.resModel)) {
        return;
    }
    const update = () =>
        guarded("could not tell who edits a field", () => {
            if (!model.root) {
                return;
            }
            const editors = editorsIn(store, model);
            const known = toRaw(toRaw(model).root).amanatEditors || {};
            if (JSON.stringify(editors) !== JSON.stringify(known)) {
                model.root.amanatEditors = editors;
            }
        });
    store.bus.addEventListener("CHANGED", update);
    // A record that is loaded into the form is another object, or has another id.
    useEffect(update, () => [model.root, model.root?.resId]);
    onWillDestroy(() => store.bus.removeEventListener("CHANGED", update));
}

patch(FormController.prototype, {
    setup() {
        super.setup(...arguments);
        guarded("could not tell who edits a field", () => useFieldEditors(this));
    },
});
