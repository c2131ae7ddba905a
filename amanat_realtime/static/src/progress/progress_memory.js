import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {guarded} from "../core/log";

const REMEMBERED = 100;

/**
 * What all tabs of a person should know of each other: the end of which works was told,
 * and which ones are not to be shown any more.
 */
export class ProgressMemory {
    /** @param {{onChange: () => void}} params called after another tab noted something */
    constructor({onChange}) {
        this.key = `amanat_realtime.progress,${session.db},${user.userId}`;
        browser.addEventListener(
            "storage",
            ({key}) => key === this.key && guarded("storage failed", onChange)
        );
    }

    /**
     * @param {"told" | "dismissed"} what
     * @param {number | string} id of a work, or of one of its ends
     */
    has(what, id) {
        return Boolean(this.load()[what]?.includes(id));
    }

    /**
     * @param {"told" | "dismissed"} what
     * @param {number | string} id of a work, or of one of its ends
     */
    add(what, id) {
        const memory = this.load();
        const ids = [...(memory[what] || []), id].slice(-REMEMBERED);
        guarded("could not remember progress", () =>
            browser.localStorage.setItem(
                this.key,
                JSON.stringify({...memory, [what]: ids})
            )
        );
    }

    load() {
        const load = () => JSON.parse(browser.localStorage.getItem(this.key));
        return guarded("could not recall progress", load) || {};
    }
}
