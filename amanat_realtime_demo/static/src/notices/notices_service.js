import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/**
 * What programs tell people in these applications: by action, how it is shown.
 *
 * @type {Record<string, {
 *  title: () => string,
 *  text: (record: object) => string,
 *  type: string,
 *  sticky?: boolean,
 * }>}
 */
const NOTICES = {
    task_requested: {
        title: () => _t("New task to approve"),
        text: ({name}) => name,
        type: "info",
    },
    security_event: {
        title: () => _t("Security event"),
        text: ({name, place}) => (place ? `${place}: ${name}` : name),
        type: "danger",
        sticky: true,
    },
    sync_finished: {
        title: () => _t("Synchronization"),
        text: ({name, result}) => `${name}: ${result}`,
        type: "info",
    },
};

/** Shows them, with a button that opens the record. */
export const noticesService = {
    dependencies: ["action", "amanat_realtime", "notification"],

    start(env, {action, amanat_realtime: realtime, notification}) {
        for (const [name, {title, text, type, sticky}] of Object.entries(NOTICES)) {
            realtime.subscribe(name, ({model, records, tab}) => {
                if (tab === realtime.tabId) {
                    return;
                }
                for (const record of records) {
                    notification.add(text(record), {
                        title: title(),
                        type,
                        sticky,
                        buttons: [
                            {
                                name: _t("Open"),
                                onClick: () =>
                                    action.doAction({
                                        type: "ir.actions.act_window",
                                        res_model: model,
                                        res_id: record.id,
                                        views: [[false, "form"]],
                                    }),
                            },
                        ],
                    });
                }
            });
        }
    },
};

registry.category("services").add("amanat_realtime_demo.notices", noticesService);
