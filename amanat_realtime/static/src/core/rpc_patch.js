import {rpc} from "@web/core/network/rpc";
import {tabId} from "./tab_id";

export const TAB_HEADER = "X-Amanat-Realtime-Tab";

/**
 * @param {typeof rpc} target
 */
export function patchRpc(target) {
    const original = target._rpc;
    if (original.sendsTabId) {
        return;
    }
    target._rpc = function (url, params, settings = {}) {
        // A foreign host would answer a custom header with a CORS refusal.
        if (/^\/(?!\/)/.test(url)) {
            // Who plays somebody else says so.
            const headers = {[TAB_HEADER]: tabId, ...settings.headers};
            settings = {...settings, headers};
        }
        return original.call(this, url, params, settings);
    };
    target._rpc.sendsTabId = true;
}

patchRpc(rpc);
