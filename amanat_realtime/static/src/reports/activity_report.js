import {toRaw} from "@odoo/owl";
import {changesSet, namedFields} from "./message_scope";
import {LiveReport} from "./live_report";

const ACTIVITY_MODEL = "mail.activity";

/**
 * The table of activities. Its records are kept up to date as those of any list; what
 * is planned for them, and for how many, comes from another read.
 */
export class ActivityReport extends LiveReport {
    static ownWork = ["load", "fetchActivityData"];

    setup() {
        super.setup();
        this.stopFollowing = this.realtime.subscribe({
            resModel: ACTIVITY_MODEL,
            onChanges: (message) => this.receive(message),
        });
    }

    destroy() {
        super.destroy();
        this.stopFollowing();
    }

    /** Which activities a record has is not stored in it. */
    isAbout(message) {
        return (
            message.model === ACTIVITY_MODEL ||
            changesSet(message) ||
            namedFields(message).some(
                (f) => f === "active" || f.startsWith("activity_")
            )
        );
    }

    async read(copy) {
        const {config, limit, offset} = toRaw(this.model).root;
        const {context, domain} = config;
        await copy.fetchActivityData({context, domain, limit, offset});
    }

    picture({activityData}) {
        return activityData;
    }

    show({activityData}) {
        this.model.activityData = activityData;
    }
}
