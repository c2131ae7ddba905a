import {browser} from "@web/core/browser/browser";
import {rpc} from "@web/core/network/rpc";
import {session} from "@web/session";
import {retryDelay} from "./retry_delay";

export const SETTINGS_TYPE = "amanat_realtime/settings";
export const SETTINGS_URL = "/amanat_realtime/settings";
export const SETTINGS_JITTER = 2000;

/** Asks the server again what is live, when it says that this has changed. */
export class SettingsReader {
    /** @param {{onRead: () => void}} params called when the session knows it */
    constructor({onRead}) {
        this.onRead = onRead;
        this.timer = null;
        this.asked = 0;
        this.failures = 0;
    }

    /** Not all browsers at once. */
    request(delay = Math.random() * SETTINGS_JITTER) {
        this.timer ||= browser.setTimeout(() => {
            this.timer = null;
            this.read();
        }, delay);
    }

    async read() {
        const number = ++this.asked;
        try {
            const settings = await rpc(SETTINGS_URL, {}, {silent: true});
            this.failures = 0;
            // Answers may overtake each other.
            if (number === this.asked) {
                session.amanat_realtime = settings;
                this.onRead();
            }
        } catch (error) {
            this.request(
                retryDelay("could not read the settings", error, this.failures++)
            );
        }
    }
}
