import {_t} from "@web/core/l10n/translation";
import {guarded} from "../core/log";

/** @type {(() => void) | null} closes the notice that is shown */
let close = null;

/**
 * A save found no server. Says so once, however many saves fail.
 *
 * @param {object} env
 * @param {{isKept: boolean}} params is the change still on screen?
 */
function tell({services}, {isKept}) {
    close?.();
    const text = isKept
        ? _t("No connection: your changes are kept here, and not saved yet.")
        : _t("No connection: the change was not saved.");
    close = services.notification.add(text, {
        type: "warning",
        onClose: () => (close = null),
    });
}

/**
 * Core would throw away what a record that is not in edition was given, after a read
 * that fails as well, and fail itself where a form is left.
 *
 * @param {object} record whose save found no server; called in the model's mutex
 * @returns {false} as `_save` returns what is not saved
 */
export function keepUnsaved(record) {
    const isKept = record.isInEdition;
    if (!isKept) {
        record._discard();
    }
    guarded("could not tell of an unsaved change", () =>
        tell(record.model.env, {isKept})
    );
    return false;
}
