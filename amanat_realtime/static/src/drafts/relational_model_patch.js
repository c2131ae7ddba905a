import {onWillDestroy} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {RelationalModel} from "@web/model/relational_model/relational_model";
import {currentComponent} from "../core/current_component";
import {guarded} from "../core/log";
import {ListOffer} from "./list_offer";

patch(RelationalModel.prototype, {
    setup(params) {
        super.setup(...arguments);
        const {services = {}, inDialog} = this.env;
        const {amanat_realtime_drafts: drafts, action, notification} = services;
        const isList = !params.config?.isMonoRecord;
        if (!drafts || !action || !isList || inDialog || !currentComponent()) {
            return;
        }
        const offer = new ListOffer(this, {drafts, action, notification});
        onWillDestroy(() =>
            guarded("could not withdraw an offer", () => offer.destroy())
        );
        const {onRootLoaded} = this.hooks;
        this.hooks.onRootLoaded = (root) => {
            offer.onChanged();
            return onRootLoaded(root);
        };
    },
});
