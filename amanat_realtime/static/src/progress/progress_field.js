import {Component, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {ProgressBar} from "./progress_bar";
import {PROGRESS_MODEL} from "./progress_service";

/** The progress of one work in a form or list, as far as this person may see it. */
class RecordProgress extends Component {
    static template = "amanat_realtime.RecordProgress";
    static components = {ProgressBar};

    setup() {
        this.progress = this.env.services.amanat_realtime_progress;
        this.store = useState(this.progress.store);
        useEffect(
            (id) => {
                if (id) {
                    this.progress.require(id);
                }
            },
            () => [this.workId]
        );
    }

    /** @returns {number | undefined} */
    get workId() {
        return undefined;
    }

    get work() {
        return this.store.works[this.workId];
    }
}

/** `<field name="progress_id" widget="amanat_progress"/>` */
export class ProgressField extends RecordProgress {
    static props = {...standardFieldProps};

    get workId() {
        return this.props.record.data[this.props.name]?.id;
    }
}

/** `<widget name="amanat_progress"/>`: what runs about this record. */
export class ProgressWidget extends RecordProgress {
    static props = {...standardWidgetProps};

    get workId() {
        const {resModel, resId} = this.props.record;
        return resModel === PROGRESS_MODEL ? resId : undefined;
    }

    get work() {
        const {resModel, resId} = this.props.record;
        return super.work || this.store.about(resModel, resId);
    }
}

registry.category("fields").add("amanat_progress", {
    component: ProgressField,
    displayName: _t("Progress of long work"),
    supportedTypes: ["many2one"],
});
registry.category("view_widgets").add("amanat_progress", {
    component: ProgressWidget,
});
