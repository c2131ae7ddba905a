import {registry} from "@web/core/registry";
import {Outage} from "../connection/outage";
import {makeEntry} from "./log_entry";
import {MessageLog} from "./message_log";
import {OtherPerson} from "./other_person";

const TYPES = ["changes", "presence", "notification", "progress", "ask", "answer"];

/**
 * @typedef {{
 *  log: MessageLog,
 *  outage: Outage,
 *  person: OtherPerson,
 *  listen: () => void,
 * }} ConsoleAPI
 */

/** What goes on when the pages of the test console are left: they can be returned to. */
export class ConsoleService {
    constructor(services) {
        this.realtime = services.amanat_realtime;
        this.log = new MessageLog();
        this.outage = new Outage(services.worker_service, this.realtime.connection);
        this.person = new OtherPerson();
        this.isListening = false;
    }

    /** Tabs that never open the console keep no log. */
    listen() {
        if (this.isListening) {
            return;
        }
        this.isListening = true;
        for (const type of TYPES) {
            this.realtime.listen(`amanat_realtime/${type}`, (payload) =>
                this.log.add(makeEntry(type, payload))
            );
        }
    }
}

export const consoleService = {
    dependencies: ["amanat_realtime", "worker_service"],

    /** @returns {ConsoleAPI} */
    start(env, services) {
        return new ConsoleService(services);
    },
};

registry.category("services").add("amanat_realtime_console", consoleService);
