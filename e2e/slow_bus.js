// Runs in each page before Odoo's own code: what the websocket brings can be kept back, as
// a slow network would, and arrives when it is let go of.
(() => {
    if (window.amanatSlowBus) {
        return;
    }
    const held = [];
    let holding = false;
    const Original = window.SharedWorker;
    window.SharedWorker = class extends Original {
        constructor() {
            super(...arguments);
            const {port} = this;
            // the first listener of all: nobody else hears of what is kept back
            port.addEventListener("message", (ev) => {
                if (holding && ev.data?.type === "BUS:NOTIFICATION") {
                    ev.stopImmediatePropagation();
                    held.push(() =>
                        port.dispatchEvent(new MessageEvent("message", {data: ev.data}))
                    );
                }
            });
        }
    };
    window.amanatSlowBus = {
        hold() {
            holding = true;
        },
        release() {
            holding = false;
            held.splice(0).forEach((deliver) => deliver());
        },
    };
})();
