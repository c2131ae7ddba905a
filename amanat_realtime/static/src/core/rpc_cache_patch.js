import {rpcBus} from "@web/core/network/rpc";
import {RPCCache} from "@web/core/network/rpc_cache";
import {patch} from "@web/core/utils/patch";
import {session} from "@web/session";
import {channelName} from "./channel_refs";
import {followedReads} from "./followed_reads";
import {guarded} from "./log";

/** Tables of the cache that hold records; one per method of the server. */
export const CACHED_READS = ["web_read", "web_search_read", "web_read_group"];
const OWN_WRITES = [
    "web_save",
    "web_save_multi",
    "web_resequence",
    "action_archive",
    "action_unarchive",
    "create",
    "write",
];

const isLive = (resModel) => session.amanat_realtime?.models?.includes(resModel);

function channelOf(key) {
    const {model, kwargs} = JSON.parse(key).params;
    return isLive(model) ? channelName(model, kwargs?.context?.amanat_realtime_room) : null;
}

/** Who saves and goes back at once is there before the message about it. */
rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
    const {model, method} = detail.data.params || {};
    if (OWN_WRITES.includes(method) && isLive(model)) {
        rpcBus.trigger("CLEAR-CACHES", CACHED_READS);
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
        const isPending = `${table}/${key}` in this.pendingRequests;
        if (!isPending && !followedReads.isFresh(channel, key)) {
            this.ramCache.delete(table, key);
        }
        followedReads.note(channel, key);
        // On disk it would outlive this page, and with it the knowledge that it is old.
        return super.read(table, key, fallback, {...settings, type: "ram"});
    },
});
