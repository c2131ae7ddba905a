import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";
import {ProgressBar} from "./progress_bar";
import {hasEnded} from "./progress_store";
import {counterLines} from "./progress_text";

/** @typedef {import("./progress_store").Work} Work */

/** What long works do, and what can be done about them. */
export class ProgressList extends Component {
    static template = "amanat_realtime.ProgressList";
    static components = {ProgressBar};
    static props = {};

    setup() {
        this.action = useService("action");
        this.progress = this.env.services.amanat_realtime_progress;
        this.store = useState(this.progress.store);
    }

    get works() {
        return this.store.shown;
    }

    counters(work) {
        return counterLines(work);
    }

    /** @param {Work} work */
    isMine({by}) {
        return by?.id === user.userId;
    }

    /** @param {Work} work */
    runBy(work) {
        return this.isMine(work) || !work.by
            ? ""
            : _t("Run by %(name)s", {name: work.by.name});
    }

    /** @param {Work} work */
    canCancel(work) {
        return work.cancellable && !hasEnded(work) && this.isMine(work);
    }

    /** @param {Work} work */
    canDismiss(work) {
        return work.state !== "running";
    }

    cancelLabel({name}) {
        return _t("Cancel %(name)s", {name});
    }

    dismissLabel({name}) {
        return _t("Do not show %(name)s any more", {name});
    }

    /** @param {Work} work */
    open({record}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: record.model,
            res_id: record.id,
            views: [[false, "form"]],
        });
    }
}
