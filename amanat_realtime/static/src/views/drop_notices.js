import {_t} from "@web/core/l10n/translation";
import {goneText} from "./notices";
import {recordName} from "./value_text";

function tell(record, text) {
    record.model.notification.add(String(text), {type: "warning"});
}

/**
 * @param {object} record that was dragged
 * @param {import("../model/departures").Reason} reason
 */
export function tellGone(record, reason) {
    tell(
        record,
        _t("%(record)s could not be moved. %(reason)s.", {
            record: recordName(record),
            reason: goneText(reason),
        })
    );
}

/** @param {object} record that was dragged inside of a column */
export function tellMovedAway(record) {
    tell(
        record,
        _t(
            "Somebody moved %(record)s to another column while you were dragging it. It stays there.",
            {record: recordName(record)}
        )
    );
}

/** @param {object} record that was dragged to a column */
export function tellColumnGone(record) {
    tell(
        record,
        _t("%(record)s could not be moved: the column is not there any more.", {
            record: recordName(record),
        })
    );
}
