import {_t} from "@web/core/l10n/translation";
import {durationText, sizeText} from "./figures_text";

export const LARGE_BUS = 200 * 1024 ** 2;
/** Of the limit at which the server starts the process anew. */
export const MUCH_MEMORY = 0.8;
export const SLOW = 1000;

/** What is wrong, most often, and where to look. */
const HINTS = [
    {
        id: "polling",
        applies: ({sockets, per_minute: {polls}}) => sockets === 0 && polls > 0,
        text: () =>
            _t(
                "Nobody has a websocket, though browsers ask for news: the proxy has to route /websocket to the gevent port (8072) and to pass on its upgrade headers, and the process has to run."
            ),
    },
    {
        id: "unknown",
        applies: ({sockets}) => sockets === null,
        text: () =>
            _t(
                "The websockets cannot be counted: this version of Odoo keeps them in another way. The log of the server says more."
            ),
    },
    {
        id: "bus",
        applies: ({bus}) => bus.bytes > LARGE_BUS,
        text: ({bus}) =>
            _t(
                "The table of the bus takes %s. Messages are removed after a day by the scheduled action “Base: Auto-vacuum internal data”: look whether it is active and when it last ran.",
                sizeText(bus.bytes)
            ),
    },
    {
        id: "memory",
        applies: ({evented: {limited, limit}}) =>
            limit && limited > limit * MUCH_MEMORY,
        text: ({evented: {limited, limit}}) =>
            _t(
                "The websocket process has an address space of %(used)s. Above %(limit)s it is started anew, and all browsers connect again: raise --limit-memory-soft-gevent if the machine has the memory.",
                {used: sizeText(limited), limit: sizeText(limit)}
            ),
    },
    {
        id: "slow",
        applies: ({latency}) => latency.p95 > SLOW,
        text: ({latency}) =>
            _t(
                "One change in twenty takes longer than %s to reach the screens: the server may be busy, or browsers may poll for want of a websocket.",
                durationText(latency.p95)
            ),
    },
];

/**
 * @param {object} report see `monitoring/report.py`
 * @returns {{id: string, text: string}[]}
 */
export function hintsOf(report) {
    return HINTS.filter(({applies}) => applies(report)).map(({id, text}) => ({
        id,
        text: text(report),
    }));
}
