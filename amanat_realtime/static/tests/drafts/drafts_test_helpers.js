import {MockServer, onRpc} from "@web/../tests/web_test_helpers";
import {animationFrame} from "@odoo/hoot-mock";
import {expect} from "@odoo/hoot";
import {waitNotifications} from "@bus/../tests/bus_test_helpers";
import {MESSAGE_TYPE, MODEL} from "@amanat_realtime/drafts/draft_service";
import {JOHN, makeLive} from "../realtime_test_helpers";

// that of JOHN is the one of the person at the mock server
const OTHER_USER_ID = 77;
let nextId = 1;

/** What the server kept of one field, changed by John meanwhile. */
export function draft(field, values) {
    return {
        id: nextId++,
        field,
        label: field,
        by: {...JOHN, id: OTHER_USER_ID},
        at: "2026-11-20T10:11:12.123456Z",
        created: "2026-11-20T10:12:13.123456Z",
        ...values,
    };
}

/**
 * @param {Record<number, object[]>} kept drafts by the id of their sheet; those that are
 *  removed by rpc are taken out
 */
export function keepDrafts(kept) {
    makeLive(["test.sheet"], {drafts: {"test.sheet": Object.keys(kept).map(Number)}});
    onRpc(MODEL, "get_drafts", ({args: [resModel, resId]}) => {
        expect.step(`get_drafts ${resModel} ${resId}`);
        return kept[resId] || [];
    });
    onRpc(MODEL, "unlink", ({args: [ids]}) => {
        expect.step(`unlink ${ids.length}`);
        for (const key of Object.keys(kept)) {
            kept[key] = kept[key].filter(({id}) => !ids.includes(id));
        }
        return true;
    });
    return kept;
}

/** Another tab of the person tells this one. */
export async function tellDraft(payload) {
    MockServer.env["bus.bus"]._sendone(
        "amanat_realtime:test.sheet",
        MESSAGE_TYPE,
        payload
    );
    await waitNotifications([MESSAGE_TYPE]);
    await animationFrame();
    await animationFrame();
}

export const BANNER = ".o_amanat_draft_banner";
export const DIALOG = ".o_amanat_conflict_dialog";
export const OFFER = ".o_amanat_draft_offer";
export const REVIEW = `${BANNER} button:contains(Review)`;
