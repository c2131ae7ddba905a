// Promise: the server is told which tab asks, so that a tab is not told of its own work;
// who plays somebody else is taken for them.
import {describe, expect, test} from "@odoo/hoot";
import {makeMockEnv, onRpc} from "@web/../tests/web_test_helpers";
import {rpc} from "@web/core/network/rpc";
import {TAB_HEADER} from "@amanat_realtime/core/rpc_patch";
import {tabId} from "@amanat_realtime/core/tab_id";
import {defineLiveModels} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("headless");

async function ask(settings) {
    let header = null;
    onRpc("/test/origin", ({headers}) => {
        header = headers.get(TAB_HEADER);
        return true;
    });
    await makeMockEnv();
    await rpc("/test/origin", {}, settings);
    return header;
}

test("this tab", async () => {
    expect(await ask()).toBe(tabId);
});

test("this tab, beside other headers", async () => {
    expect(await ask({headers: {"X-Test": "1"}})).toBe(tabId);
});

test("somebody else's, if that is said", async () => {
    expect(await ask({headers: {[TAB_HEADER]: "another"}})).toBe("another");
});
