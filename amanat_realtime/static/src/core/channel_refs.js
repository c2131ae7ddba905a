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

/**
 * @param {string} channel as `channelName` returns it
 * @returns {string}
 */
export const modelOfChannel = (channel) => channel.split(":")[1];

/** Ref-counted bus channels: views of one model share one subscription. */
export class ChannelRefs {
    /**
     * @param {{addChannel: Function, deleteChannel: Function}} bus
     */
    constructor(bus) {
        this.bus = bus;
        /** @type {Map<string, {count: number}>} */
        this.refs = new Map();
    }

    /** @returns {() => void} to be called once, to let go of it */
    acquire(channel) {
        const refs = this.refs.get(channel) || {count: 0};
        refs.count++;
        if (!this.has(channel)) {
            this.refs.set(channel, refs);
            followedReads.start(channel);
            Promise.resolve(this.bus.addChannel(channel)).catch((error) =>
                report("could not subscribe", error)
            );
        }
        return () => {
            refs.count--;
            if (!refs.count && this.refs.get(channel) === refs) {
                this.drop(channel);
            }
        };
    }

    /** @returns {string[]} */
    get names() {
        return [...this.refs.keys()];
    }

    has(channel) {
        return this.refs.has(channel);
    }

    /** @param {string} resModel */
    hasRoomOf(resModel) {
        const prefix = `${channelName(resModel)}:`;
        return this.names.some((channel) => channel.startsWith(prefix));
    }

    /** Whoever still holds it hears no more of it. */
    drop(channel) {
        this.refs.delete(channel);
        followedReads.stop(channel);
        this.bus.deleteChannel(channel);
    }
}
