import {TOAST_CLASS} from "../toasts/notification_patch";
import {endText} from "./progress_text";

const SUCCESS_DELAY = 5000;
const WARNING_DELAY = 10_000;
/** What ended longer ago (ms) is no news. */
const NEWS_FOR = 60_000;

const LOOKS = {
    done: {type: "success", autocloseDelay: SUCCESS_DELAY},
    warning: {type: "warning", autocloseDelay: WARNING_DELAY},
    cancelled: {type: "info", autocloseDelay: SUCCESS_DELAY},
    failed: {type: "danger", sticky: true},
};

/** Tells how works ended, once to a person: in the tab they look at, or look at next. */
export class ProgressToasts {
    /**
     * @param {object} notification service
     * @param {import("./progress_memory").ProgressMemory} memory
     */
    constructor(notification, memory) {
        this.notification = notification;
        this.memory = memory;
        /** @type {import("./progress_store").Work[]} */
        this.waiting = [];
        document.addEventListener("visibilitychange", () => this.flush());
    }

    /** @param {import("./progress_store").Work} work that has ended */
    add(work) {
        this.waiting.push(work);
        this.flush();
    }

    flush() {
        if (document.visibilityState === "hidden") {
            return;
        }
        for (const work of this.waiting.splice(0)) {
            const isNews = Date.now() - work.heardAt < NEWS_FOR;
            // The end may be taken back: what was done could not be saved.
            const key = `${work.id} ${work.state}`;
            if (isNews && !this.memory.has("told", key)) {
                this.memory.add("told", key);
                this.show(work);
            }
        }
    }

    show(work) {
        const {title, lines} = endText(work);
        this.notification.add(lines.map((line) => `\n${line}`).join(""), {
            title,
            className: TOAST_CLASS,
            ...LOOKS[work.state],
        });
    }
}
