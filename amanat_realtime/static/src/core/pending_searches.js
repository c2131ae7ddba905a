import {rpcBus} from "@web/core/network/rpc";

const IS_SEARCH = /name_search$/;

/**
 * Tab in a field that is still searching picks what is found, after the field was left.
 *
 * @returns {() => boolean} whether some field of this tab is searching
 */
export function watchSearches() {
    const pending = new Set();
    rpcBus.addEventListener("RPC:REQUEST", ({detail: {data}}) => {
        if (IS_SEARCH.test(data?.params?.method)) {
            pending.add(data.id);
        }
    });
    rpcBus.addEventListener("RPC:RESPONSE", ({detail}) =>
        pending.delete(detail.data?.id)
    );
    return () => pending.size > 0;
}
