import {animationFrame} from "@odoo/hoot-mock";
import {
    fields,
    getService,
    MockServer,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {rpc} from "@web/core/network/rpc";
import {WebClient} from "@web/webclient/webclient";
import {TAB_HEADER} from "@amanat_realtime/core/rpc_patch";
import {JOHN, makeLive, Sheet, subscribed} from "../realtime_test_helpers";

const CONSOLE_URL = "/web/dataset/call_kw/amanat.realtime.console/";
const ANSWERS = {
    edit: {id: 1, field: "quantity"},
    create_records: [4],
    delete_records: 1,
    conflict: {id: 1, field: "quantity"},
    presence: {disabled: false},
    notify: 1,
    work: false,
    clean_up: 3,
};

/**
 * The server of the test console, with records 1 and 2 of Test Robot.
 *
 * @returns {{
 *  calls: {method: string, args: any[], tab: string}[],
 *  answers: Record<string, any>,
 * }} what it was asked for, and what it answers
 */
export function mockConsole() {
    const server = {calls: [], answers: {...ANSWERS}};
    Sheet._views = {
        list: `
            <list editable="top" create="0">
                <field name="name"/>
                <field name="quantity"/>
            </list>`,
        search: "<search/>",
    };
    Sheet._fields.create_uid = fields.Integer();
    makeLive();
    const info = () => ({
        model: "test.sheet",
        robot: {id: JOHN.id, name: "Test Robot"},
        list_view: false,
    });
    patchWithCleanup(rpc, {
        async _rpc(url, {method, args} = {}, {headers = {}} = {}) {
            if (!url.startsWith(CONSOLE_URL)) {
                return super._rpc(...arguments);
            }
            server.calls.push({method, args, tab: headers[TAB_HEADER]});
            const answer = {begin: info, info, ...server.answers}[method];
            return answer instanceof Function ? answer() : answer;
        },
    });
    return server;
}

/** @param {"simple" | "full"} page */
export async function open(page) {
    await mountWithCleanup(WebClient);
    MockServer.env["test.sheet"].write([1, 2], {create_uid: JOHN.id});
    const tag = `amanat_realtime.console_${page}`;
    await getService("action").doAction({type: "ir.actions.client", tag});
    await animationFrame();
}

export async function openFull() {
    await open("full");
    await subscribed();
}

/** @param {string} id of an action */
export const button = (id) => `[data-action=${id}]`;
