import {onWillDestroy, reactive, toRaw} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {RelationalModel} from "@web/model/relational_model/relational_model";
import {currentComponent} from "../core/current_component";
import {guarded} from "../core/log";

patch(RelationalModel.prototype, {
    setup() {
        super.setup(...arguments);
        const realtime = this.env.services?.amanat_realtime;
        const component = currentComponent();
        if (!realtime || !component || !this.config?.resModel) {
            return;
        }
        // The raw model would take our changes too, but nothing would be drawn.
        const model = reactive(this);
        const patcher = guarded("could not follow a model", () =>
            realtime.register(model, component)
        );
        if (!patcher) {
            return;
        }
        onWillDestroy(() =>
            guarded("could not unfollow", () => realtime.unregister(model))
        );
        const {onWillLoadRoot, onRootLoaded} = this.hooks;
        this.hooks.onWillLoadRoot = (config) => {
            // Wrappers of this hook do not always hand on its argument.
            guarded("before a load", () =>
                patcher.onWillLoadRoot(config || toRaw(this).config)
            );
            return onWillLoadRoot(config);
        };
        this.hooks.onRootLoaded = (root) => {
            guarded("after a load", () => patcher.onRootLoaded(root));
            return onRootLoaded(root);
        };
    },
});
