import {browser} from "@web/core/browser/browser";
import {patch} from "@web/core/utils/patch";
import {Notification} from "@web/core/notifications/notification";

export const TOAST_CLASS = "o_amanat_toast";

/**
 * Core shows how long a notification stays by a new inline style in each frame, and each
 * of them may make the browser find the style of the whole page anew. Our toasts come
 * while people type in large lists: theirs is one animation that the compositor runs.
 */
patch(Notification.prototype, {
    startNotificationTimer() {
        const bar = this.autocloseProgress.el;
        const isOurs = this.props.className.includes(TOAST_CLASS);
        if (!isOurs || this.props.sticky || !bar) {
            return super.startNotificationTimer();
        }
        const {autocloseDelay} = this.props;
        this.amanatStop?.();
        bar.style.width = "100%";
        const countdown = bar.animate(
            {transform: ["none", "scaleX(0)"]},
            autocloseDelay
        );
        const timer = browser.setTimeout(() => this.close(), autocloseDelay);
        this.amanatStop = () => {
            countdown.cancel();
            browser.clearTimeout(timer);
        };
    },

    freeze() {
        this.amanatStop?.();
        return super.freeze();
    },
});
