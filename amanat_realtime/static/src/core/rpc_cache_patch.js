import {rpcBus} from "@web/core/network/rpc";
import {RPCCache} from "@web/core/network/rpc_cache";
import {patch} from "@web/core/utils/patch";
import {channelName} from "./channel_refs";
import {followedReads} from "./followed_reads";
import {isLiveModel} from "./live_models";
import {guarded} from "./log";

/** Tables of the cache that hold records; one per method of the server. */
const CACHED_READS = ["web_read", "web_search_read", "web_read_group"];
const OWN_WRITES = [
    "web_save",
    "web_save_multi",
    "web_resequence",
    "action_archive",
    "action_unarchive",
    "create",
    "write",
];

function channelOf(key) {
    const {model, kwargs} = JSON.parse(key).params;
    return isLiveModel(model)
        ? channelName(model, kwargs?.context?.amanat_realtime_room)
        : null;
}

/** As `invalidate` does, for one read: all others are still good. */
function forgetRead({pendingRequests, ramCache}, table, key) {
    const requestKey = `${table}/${key}`;
    if (requestKey in pendingRequests) {
        pendingRequests[requestKey].invalidated = true;
        delete pendingRequests[requestKey];
    }
    ramCache.delete(table, key);
}

/** Who saves and goes back at once is there before the message about it. */
rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
    const {model, method} = detail.data.params || {};
    if (OWN_WRITES.includes(method) && isLiveModel(model)) {
        followedReads.forget();
    }
});

/** Old rows of a live model are not shown, not even until the new ones are there. */
patch(RPCCache.prototype, {
    read(table, key, fallback, settings = {}) {
        const channel =
            CACHED_READS.includes(table) &&
            guarded("could not judge a cached read", () => channelOf(key));
        if (!channel) {
            return super.read(...arguments);
        }
        if (!followedReads.isFresh(channel, key)) {
            forgetRead(this, table, key);
        }
        followedReads.note(channel, key);
        // On disk it would outlive this page, and with it the knowledge that it is old.
        return super.read(table, key, fallback, {...settings, type: "ram"});
    },
});
