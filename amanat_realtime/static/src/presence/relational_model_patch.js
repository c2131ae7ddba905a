import {onWillDestroy} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {RelationalModel} from "@web/model/relational_model/relational_model";
import {currentComponent} from "../core/current_component";
import {guarded} from "../core/log";

function followPlaces(model) {
    const presence = model.env.services?.amanat_realtime_presence;
    if (!presence || !currentComponent()) {
        return;
    }
    const {hooks} = model;
    for (const name of ["onRootLoaded", "onRecordSaved"]) {
        const original = hooks[name];
        hooks[name] = (...args) => {
            guarded("could not report presence", () => presence.check());
            return original(...args);
        };
    }
    onWillDestroy(() => guarded("could not report presence", () => presence.check()));
}

patch(RelationalModel.prototype, {
    setup() {
        super.setup(...arguments);
        guarded("could not follow where the person is", () => followPlaces(this));
    },
});
