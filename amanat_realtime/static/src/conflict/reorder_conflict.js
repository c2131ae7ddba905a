import {_t} from "@web/core/l10n/translation";
import {patcherOf} from "../core/patcher_of";
import {authorName} from "../views/value_text";
import {conflictsIn} from "./conflict_error";

/**
 * Somebody else changed the order meanwhile. An order is no text to compare: show the
 * present one, in which the person can drag again.
 *
 * @param {object} model
 * @param {Error} error
 */
export function noteReordered(model, error) {
    const author = authorName(conflictsIn(error)[0]?.by);
    const text = _t(
        "%(author)s changed the order while you were dragging. Yours was not saved: this is the present order.",
        {author}
    );
    model.notification.add(String(text), {type: "warning", autocloseDelay: 10_000});
    patcherOf(model)?.refresher.reconcile();
}
