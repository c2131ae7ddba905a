import {followedReads} from "./followed_reads";
import {report} from "./log";

export const CHANNEL_PREFIX = "amanat_realtime";

/**
 * @param {string} resModel
 * @param {string} [room]
 * @returns {string}
 */
export function channelName(resModel, room) {
    return [CHANNEL_PREFIX, resModel, ...(room ? [room] : [])].join(":");
}

/** Ref-counted bus channels: views of one model share one subscription. */
export class ChannelRefs {
    /**
     * @param {{addChannel: Function, deleteChannel: Function}} bus
     */
    constructor(bus) {
        this.bus = bus;
        this.counts = new Map();
    }

    acquire(channel) {
        const count = this.counts.get(channel) || 0;
        this.counts.set(channel, count + 1);
        if (!count) {
            followedReads.start(channel);
            Promise.resolve(this.bus.addChannel(channel)).catch((error) =>
                report("could not subscribe", error)
            );
        }
    }

    /** @returns {string[]} */
    get names() {
        return [...this.counts.keys()];
    }

    has(channel) {
        return this.counts.has(channel);
    }

    release(channel) {
        const count = this.counts.get(channel) || 0;
        if (count > 1) {
            this.counts.set(channel, count - 1);
        } else if (count === 1) {
            this.counts.delete(channel);
            followedReads.stop(channel);
            this.bus.deleteChannel(channel);
        }
    }
}
