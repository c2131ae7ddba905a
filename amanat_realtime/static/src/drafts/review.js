import {ConflictDialog} from "../conflict/conflict_dialog";
import {timeOf} from "../conflict/server_conflict";
import {recordName} from "../views/value_text";
import {applyDrafts} from "./apply_drafts";
import {draftTexts} from "./draft_texts";

/** @typedef {import("./draft_service").Draft} Draft */

function toEntry(record, draft) {
    return {
        key: String(draft.id),
        label: draft.label,
        ...draftTexts(record, draft),
        by: draft.by || undefined,
        at: timeOf(draft),
    };
}

/**
 * Ask which of the kept values go into the form. Those that do are deleted when it is
 * saved, the others at once.
 *
 * @param {{
 *  dialog: object,
 *  drafts: import("./draft_service").DraftsAPI,
 * }} services
 * @param {object} record whose form is on screen
 * @param {Draft[]} drafts that the form can show
 * @returns {() => void} closes the question
 */
export function reviewDrafts(services, record, drafts) {
    const {resModel, resId} = record;
    return services.dialog.add(ConflictDialog, {
        recordName: recordName(record),
        mode: "draft",
        entries: drafts.map((draft) => toEntry(record, draft)),
        onChoose: async (choices) => {
            if (record.resId !== resId) {
                return;
            }
            const idsOf = (side) =>
                drafts.map(({id}) => id).filter((id) => choices[id] === side);
            const [used, unwanted] = [idsOf("mine"), idsOf("theirs")];
            await applyDrafts(
                record,
                drafts.filter(({id}) => used.includes(id))
            );
            if (used.length) {
                services.drafts.use(record, used);
            }
            if (unwanted.length) {
                await services.drafts.remove(resModel, resId, unwanted);
            }
        },
    });
}
