import {_t} from "@web/core/l10n/translation";
import {session} from "@web/session";
import {savePreference} from "../core/preference";

const PREFERENCE = "amanat_realtime_toasts";

/** Whether this person wants to be told what others change. */
export class ToastPreference {
    /**
     * @param {{orm: object, notification: object}} services
     */
    constructor({orm, notification}) {
        this.orm = orm;
        this.notification = notification;
    }

    get isEnabled() {
        return session.amanat_realtime?.toasts !== false;
    }

    /**
     * @param {boolean} enabled
     * @returns {Promise<void>} rejected if the server refused; nothing changed then
     */
    async set(enabled) {
        await savePreference(this.orm, PREFERENCE, "toasts", enabled);
        const text = enabled
            ? _t("You will be told what others change.")
            : _t(
                  "You will not be told any more what others change. In your Preferences you can turn this on again."
              );
        this.notification.add(String(text), {type: "success"});
    }
}
