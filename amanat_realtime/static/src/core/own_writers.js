import {toRaw} from "@odoo/owl";

/** A message about a write comes within this time after its answer. */
const ECHO_WINDOW = 3000;

/** Which models of this tab write, or have just written. */
export class OwnWriters {
    constructor() {
        /** @type {Map<object, {running: number, ended: number}>} */
        this.writers = new Map();
    }

    /**
     * @param {object} model
     * @returns {() => void} call it when the answer is there
     */
    begin(model) {
        this.forget();
        const raw = toRaw(model);
        const writer = this.writers.get(raw) || {running: 0, ended: 0};
        this.writers.set(raw, writer);
        writer.running++;
        return () => {
            writer.running--;
            writer.ended = Date.now();
        };
    }

    /**
     * @param {object} [model]
     * @returns {boolean} whether an echo that comes now can only be of this model
     */
    isOnly(model) {
        this.forget();
        return this.writers.size === 1 && this.writers.has(toRaw(model));
    }

    /** Models of closed views, and those that no message is ever about, too. */
    forget() {
        for (const [model, {running, ended}] of this.writers) {
            if (!running && Date.now() - ended > ECHO_WINDOW) {
                this.writers.delete(model);
            }
        }
    }
}
