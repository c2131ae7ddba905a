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

    const FLASH = "data-amanat-flash";
    const marksOf = (target, name, value) =>
        name === FLASH
            ? [value && `flash-${value}`].filter(Boolean)
            : (value || "").split(/\s+/).filter((c) => c.startsWith("o_amanat_"));

    // Flashes are gone after a moment.
    new MutationObserver((mutations) => {
        for (const {target, attributeName: name, oldValue} of mutations) {
            const before = marksOf(target, name, oldValue);
            for (const mark of marksOf(target, name, target.getAttribute(name))) {
                if (!before.includes(mark)) {
                    log.flashes.push({
                        mark,
                        field: target.getAttribute("name"),
                        text: target.textContent,
                        hue: target.dataset.amanatHue,
                    });
                }
            }
        }
    }).observe(document, {
        subtree: true,
        attributes: true,
        attributeFilter: ["class", FLASH],
        attributeOldValue: true,
    });
})();
