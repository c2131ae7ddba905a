/** Seconds of the work that its present speed is measured over. */
const WINDOW = 30;
/** A speed that was measured for less is none. */
const SHORTEST = 2;

/** @typedef {{elapsed: number, done: number}} Sample seconds, items */

/**
 * @param {Sample[]} samples the last one may not be added yet
 * @param {Sample} sample
 * @returns {Sample[]}
 */
export function withSample(samples, sample) {
    const recent = samples.filter(({elapsed}) => sample.elapsed - elapsed <= WINDOW);
    return [...recent, sample];
}

/**
 * @param {Sample[]} samples
 * @returns {number | null} items per second; null if nobody can tell yet
 */
export function speedOf(samples) {
    const last = samples.at(-1);
    // A page that has just been loaded knows the beginning and the present.
    const first =
        [...samples].find(({elapsed}) => last.elapsed - elapsed >= SHORTEST) ||
        (last?.elapsed >= SHORTEST && {elapsed: 0, done: 0});
    if (!first) {
        return null;
    }
    const speed = (last.done - first.done) / (last.elapsed - first.elapsed);
    return speed > 0 ? speed : null;
}

/**
 * @param {{samples: Sample[], done: number, total: number}} work
 * @returns {number | null} seconds until the end, at the present speed
 */
export function remainingOf({samples, done, total}) {
    const speed = total > done ? speedOf(samples) : null;
    return speed && (total - done) / speed;
}
