import {MockServer, onRpc} from "@web/../tests/web_test_helpers";
import {waitNotifications} from "@bus/../tests/bus_test_helpers";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {PRESENCE_TYPE} from "@amanat_realtime/presence/presence_service";
import {makeLive, stopClock, subscribed} from "../realtime_test_helpers";

export const MODEL = "test.sheet";
export const IVAN = {id: 21, name: "Ivan"};
export const MARIA = {id: 22, name: "Maria"};
export const PETR = {id: 23, name: "Petr"};
const BEGIN = Date.parse("2026-11-25T10:00:00Z");

let server = null;

/**
 * A server that knows where people are.
 *
 * @param {object} [switches] see `presence` in the session
 * @returns {{reports: object[][], present: object[], answer: object | Function}} the
 *  places of each report, who else is there, and what the server answers instead
 */
export function makePresent(switches = {}) {
    stopClock();
    makeLive([MODEL], {presence: {enabled: true, off: [], hidden: false, ...switches}});
    server = {reports: [], present: [], answer: null};
    const {reports} = server;
    onRpc("/amanat_realtime/presence", async (request) => {
        const {params} = await request.json();
        reports.push(params.places);
        const {answer, present} = server;
        return typeof answer === "function" ? answer() : answer || {ttl: 30, present};
    });
    return server;
}

export const at = (state, extra = {}) => ({model: MODEL, state, ...extra});

/** One tab of a person, as the route tells it. */
export const personAt = (user, places, tab = `tab of ${user.name}`) => ({
    user,
    tab,
    places,
});

export async function drawn() {
    await animationFrame();
    await animationFrame();
}

/** The first report and its answer; the clock advances by exactly that much. */
export async function reported() {
    await advanceTime(400);
    await drawn();
}

/** The same, and messages arrive from now on. */
export async function connected() {
    await subscribed();
    await reported();
}

let second = 0;

/** Where somebody is from now on, told by the bus. */
export async function tellPresence(user, places, {channel, ...extra} = {}) {
    const person = personAt(user, places, extra.tab);
    const others = server.present.filter(({tab}) => tab !== person.tab);
    server.present = places.length ? [...others, person] : others;
    const stamp = new Date(BEGIN + 1000 * ++second).toISOString();
    const payload = {
        v: 1,
        model: MODEL,
        tab: `tab of ${user.name}`,
        user,
        places,
        at: stamp,
        ...extra,
    };
    MockServer.env["bus.bus"]._sendone(
        channel || `amanat_realtime:${MODEL}`,
        PRESENCE_TYPE,
        payload
    );
    await waitNotifications([PRESENCE_TYPE]);
    await drawn();
}
