// Promise: on a phone the monitoring screen fits: tiles wrap, tables scroll by themselves.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryOne} from "@odoo/hoot-dom";
import {setupChartJsForTests} from "@web/../tests/views/graph/graph_test_helpers";
import {defineLiveModels, makeLive} from "../realtime_test_helpers";
import {
    CONTACTS,
    makeReport,
    mockMonitor,
    openScreen,
    row,
} from "./monitoring_test_helpers";

defineLiveModels();
setupChartJsForTests();
describe.current.tags("mobile");
beforeEach(() => makeLive());

test("nothing is wider than the screen", async () => {
    const latency = {count: 3, buckets: [[20, 25, 3]], p50: 22, p95: 24, p99: 25};
    mockMonitor(makeReport({models: [CONTACTS], latency}));
    await openScreen();
    const page = queryOne(".o_amanat_monitoring_page");
    expect(page.scrollWidth <= page.clientWidth).toBe(true);
    expect(".o_amanat_monitoring_time").toBeVisible();
    expect(`${row("res.partner")} input`).toBeVisible();
});
