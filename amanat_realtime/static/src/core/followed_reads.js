/**
 * Which reads of live models the web client may take from its cache: those made since
 * their channel has been followed without a break. What changed before that, or in a
 * gap, nobody has told.
 */
class FollowedReads {
    constructor() {
        /** @type {Map<string, Set<string>>} keys of reads by followed channel */
        this.fresh = new Map();
        this.isInterrupted = false;
    }

    /** Nothing is heard from now on, of no channel. */
    interrupt() {
        this.isInterrupted = true;
        this.forget();
    }

    resume() {
        this.isInterrupted = false;
        this.forget();
    }

    /** @param {string} channel */
    start(channel) {
        this.fresh.set(channel, new Set());
    }

    /** A read may hold lines of another model: no cached read is trusted any more. */
    stop(channel) {
        this.fresh.delete(channel);
        this.forget();
    }

    forget() {
        this.fresh.forEach((keys) => keys.clear());
    }

    reset() {
        this.isInterrupted = false;
        this.fresh.clear();
    }

    /**
     * @param {string} channel of what is read
     * @param {string} key of the read in the cache
     * @returns {boolean} whether what was read before is up to date
     */
    isFresh(channel, key) {
        return Boolean(this.fresh.get(channel)?.has(key));
    }

    /** The answer of a read that is about to be made will be kept. */
    note(channel, key) {
        if (!this.isInterrupted) {
            this.fresh.get(channel)?.add(key);
        }
    }
}

export const followedReads = new FollowedReads();
