// Runs in each page before Odoo's own code.
(() => {
    const log = {notifications: [], flashes: []};
    window.amanatE2E = log;

    // The websocket lives in a shared worker, where no test tool looks; but the worker
    // hands every frame to every tab.
    const keep = ({data}) => {
        if (data?.type === "BUS:NOTIFICATION") {
            const receivedAt = performance.timeOrigin + performance.now();
            for (const notification of data.data) {
                log.notifications.push({...notification, receivedAt});
            }
        }
    };
    const Original = window.SharedWorker;
    window.SharedWorker = class extends Original {
        constructor() {
            super(...arguments);
            this.port.addEventListener("message", keep);
        }
    };

    // Flashes are gone after a moment.
    new MutationObserver((mutations) => {
        for (const {target, oldValue} of mutations) {
            for (const className of target.classList) {
                if (
                    className.startsWith("o_amanat_") &&
                    !(oldValue || "").split(/\s+/).includes(className)
                ) {
                    log.flashes.push({
                        className,
                        field: target.getAttribute("name"),
                        text: target.textContent,
                        hue: target.style.getPropertyValue("--amanat-author-hue"),
                    });
                }
            }
        }
    }).observe(document, {
        subtree: true,
        attributes: true,
        attributeFilter: ["class"],
        attributeOldValue: true,
    });
})();
