// Promise: on a phone the state of the connection is an icon that opens its words.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {startBusService} from "@bus/../tests/bus_test_helpers";
import {contains, makeMockEnv, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {ConnectionBadge} from "@amanat_realtime/connection/connection_badge";
import {defineLiveModels, makeLive} from "../realtime_test_helpers";
import {goOffline, mockHttp} from "./connection_test_helpers";

defineLiveModels();
describe.current.tags("mobile");
beforeEach(() => makeLive());

test("an icon, and its words when it is touched", async () => {
    mockHttp();
    await makeMockEnv();
    await mountWithCleanup(ConnectionBadge);
    await startBusService();
    await goOffline();
    expect(".o_amanat_connection").toHaveAttribute("data-amanat-state", "offline");
    expect(".o_amanat_connection").toHaveAttribute("aria-label", "Offline");
    expect(".o_amanat_connection_icon").toBeVisible();
    expect(".o_amanat_connection_label").not.toBeVisible();
    await contains(".o_amanat_connection").click();
    expect(".o_amanat_connection_details").toHaveText(/This device has no network/);
});
