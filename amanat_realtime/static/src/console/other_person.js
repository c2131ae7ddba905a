import {rpc} from "@web/core/network/rpc";
import {user} from "@web/core/user";
import {TAB_HEADER} from "../core/rpc_patch";
import {makeTabId} from "../core/tab_id";

const MODEL = "amanat.realtime.console";

/** Test Robot, who has a tab of its own: what it does is told to this one. */
export class OtherPerson {
    constructor() {
        this.tab = makeTabId();
        this.reports = 0;
    }

    /**
     * @param {string} method of the console on the server
     * @param {...any} args
     * @returns {Promise<any>}
     */
    call(method, ...args) {
        const kwargs = {context: user.context};
        return rpc(
            `/web/dataset/call_kw/${MODEL}/${method}`,
            {model: MODEL, method, args, kwargs},
            {headers: {[TAB_HEADER]: this.tab}}
        );
    }

    /**
     * @param {"list" | "record" | "field" | "gone"} where
     * @returns {Promise<{disabled: boolean}>}
     */
    be(where) {
        return this.call("presence", this.tab, ++this.reports, where);
    }
}
