/** Longer than any answer is worth waiting for; a load that another one overtook never ends. */
const PATIENCE = 30_000;

/**
 * What a report does by itself: a load, a measure that is added, a row that is expanded,
 * an event that is dropped. What was read beside it may be older than what it brings.
 */
export class OwnWork {
    /**
     * @param {object} model
     * @param {string[]} methodNames of the model, those that change what it shows
     */
    constructor(model, methodNames) {
        /** Grows with everything that begins, ends, or is drawn. */
        this.count = 0;
        this.latest = null;
        const track = (result) => this.track(result);
        for (const name of methodNames) {
            const original = model[name];
            if (typeof original === "function") {
                model[name] = function () {
                    return track(original.apply(this, arguments));
                };
            }
        }
        const onUpdate = () => this.count++;
        model.bus.addEventListener("update", onUpdate);
        this.stop = () => model.bus.removeEventListener("update", onUpdate);
    }

    /** Only the latest one: those that it overtook may never end. */
    track(result) {
        this.count++;
        if (typeof result?.then === "function") {
            const work = {since: Date.now()};
            const end = () => {
                this.count++;
                if (this.latest === work) {
                    this.latest = null;
                }
            };
            this.latest = work;
            result.then(end, end);
        }
        return result;
    }

    get isUnderWay() {
        return this.latest !== null && Date.now() - this.latest.since < PATIENCE;
    }
}
