import {onRpc, getService, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {pass} from "../connection/connection_test_helpers";

export const MODEL = "amanat.realtime.monitor";

/** What the server reports when nothing has happened. */
export function makeReport(changes = {}) {
    return {
        at: "2026-11-26T12:03:05.000000Z",
        samples: true,
        enabled: true,
        processes: [],
        evented: {memory: null, limited: null, limit: null},
        sockets: 0,
        people: 0,
        per_minute: {messages: 0, delivered: 0, bytes: 0, polls: 0},
        last_hour: {
            records: 0,
            coalesced: 0,
            refreshes: 0,
            filtered: 0,
            notifications: 0,
            presence: 0,
        },
        latency: {count: 0, buckets: [], p50: null, p95: null, p99: null},
        minutes: [],
        bus: {rows: 0, exact: true, bytes: 8192},
        models: [],
        ...changes,
    };
}

export const CONTACTS = {
    model: "res.partner",
    name: "Contact",
    live: true,
    views: 4,
    people: 3,
    messages: 1.5,
};

/** The server of these tests: what it reports, and what was switched. */
export function mockMonitor(report = makeReport()) {
    const server = {report, asked: 0, switched: [], error: null};
    onRpc(MODEL, "get_report", () => {
        server.asked++;
        if (server.error) {
            throw server.error;
        }
        return server.report;
    });
    for (const method of ["set_live", "set_enabled"]) {
        onRpc(MODEL, method, ({args}) => {
            if (server.error) {
                throw server.error;
            }
            server.switched.push([method, ...args]);
            return true;
        });
    }
    return server;
}

export async function openScreen() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "amanat_realtime.monitoring",
        name: "Monitoring",
    });
    await pass(1);
}

export const tile = (name) => `[data-tile=${name}] dd:first`;
export const row = (model) => `.o_amanat_monitoring_models [data-model="${model}"]`;
