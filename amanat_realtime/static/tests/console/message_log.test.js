// Promise: the log of the test console tells in words what came, keeps no more than it
// says, and finds again what is looked for; what people wrote is never markup.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryFirst} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    makeMockEnv,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {LogPanel, PAGE} from "@amanat_realtime/console/log_panel";
import {makeEntry} from "@amanat_realtime/console/log_entry";
import {asJson, MAX_ENTRIES, MessageLog} from "@amanat_realtime/console/message_log";
import {LogRow} from "@amanat_realtime/console/log_row";
import {defineLiveModels, JOHN} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const ENTRY = ".o_amanat_console_entry";
const COUNT = ".o_amanat_console_count";
const PAUSE = ".o_amanat_console_pause";
const AT = "2026-11-20T10:11:12.123456Z";

let log = null;
beforeEach(async () => {
    await makeMockEnv();
    log = new MessageLog();
});

function change(fields, {model = "test.sheet", ids = [1], ...extra} = {}) {
    const diff = Object.fromEntries(fields.map((name) => [name, [1, 2]]));
    return {v: 1, model, by: JOHN, at: AT, update: [{ids, diff}], ...extra};
}

function add(type, payload, now) {
    log.add(makeEntry(type, payload, now));
}

async function mountLog() {
    await mountWithCleanup(LogPanel, {props: {log}});
}

async function drawn() {
    await animationFrame();
    await animationFrame();
}

const texts = () => log.entries.map(({text}) => text);

test("each kind of message has words", () => {
    add("changes", change(["name", "amount", "date", "state"], {ids: [1, 2]}));
    add("changes", {
        v: 1,
        model: "m",
        create: [3],
        unlink: [4, 5],
        enter: [6],
        leave: [7],
    });
    add("changes", {v: 1, model: "m", refresh: true});
    add("changes", {});
    add("presence", {
        model: "m",
        user: JOHN,
        places: [{id: 4, field: "name", state: "editing"}, {state: "viewing"}],
    });
    add("presence", {model: "m", user: JOHN, places: []});
    add("notification", {
        model: "m",
        action: "paid",
        ids: [4],
        extra: {text: "Thanks"},
    });
    add("progress", {id: 5, name: "Import", done: 3, total: 50});
    add("progress", {id: 6, name: "Export", done: 3, total: 0});
    add("ask", {model: "m", id: 4, field: "name", from: {user: JOHN}});
    add("answer", {model: "m", id: 4, granted: true, from: {user: JOHN}});
    expect(texts().toReversed()).toEqual([
        "2 changed (name, amount, date…)",
        "1 created, 2 deleted, 1 came into sight, 1 went out of sight",
        "Many changes: views read again",
        "Something that you may not know of",
        "edits name of #4, is in the list",
        "is not here any more",
        "paid, Thanks",
        "Import, 3 / 50",
        "Export, 3 / ?",
        "asks to edit name",
        "lets go of the field",
    ]);
});

test("what a message is about, and who sent it", () => {
    const {ids, model, author} = makeEntry(
        "changes",
        change(["name"], {ids: [1, 2], create: [3], leave: [2, 7]})
    );
    expect({ids, model, author}).toEqual({
        ids: [1, 2, 3, 7],
        model: "test.sheet",
        author: "John",
    });
    expect(makeEntry("presence", {user: JOHN, places: [{id: 4}]})).toMatchObject({
        ids: [4],
        author: "John",
    });
    expect(makeEntry("ask", {id: 4, from: {user: JOHN}})).toMatchObject({
        ids: [4],
        author: "John",
    });
});

test("size in bytes, and latency as far as the clocks agree", () => {
    const at = Date.parse(AT);
    const {size, latency} = makeEntry("notification", {at: AT, action: "é"}, at + 42);
    expect(size).toBe(JSON.stringify({at: AT, action: "é"}).length + 1);
    expect(latency).toBe(42);
    expect(makeEntry("changes", {at: AT}, at - 1).latency).toBe(null);
    expect(makeEntry("changes", {}).latency).toBe(null);
});

test("nothing that comes breaks the log", () => {
    for (const payload of [null, undefined, "text", 7, [], {update: 1, places: {}}]) {
        add("changes", payload);
    }
    add("of the future", {model: "m"});
    expect(log.entries).toHaveLength(7);
});

test("newest first, no more than it says, the rest is counted", () => {
    for (let i = 1; i <= MAX_ENTRIES + 3; i++) {
        add("changes", change(["name"], {ids: [i]}));
    }
    expect(log.entries).toHaveLength(MAX_ENTRIES);
    expect(log.entries[0].ids).toEqual([MAX_ENTRIES + 3]);
    expect(log.dropped).toBe(3);
});

test("paused: what comes is kept, within bounds, and there on resume", () => {
    add("changes", change(["name"], {ids: [1]}));
    log.pause();
    for (let i = 2; i <= MAX_ENTRIES + 2; i++) {
        add("changes", change(["name"], {ids: [i]}));
    }
    expect(log.entries.map(({ids}) => ids[0])).toEqual([1]);
    expect(log.held).toHaveLength(MAX_ENTRIES);
    log.resume();
    expect(log.held).toHaveLength(0);
    expect(log.entries).toHaveLength(MAX_ENTRIES);
    expect(log.entries[0].ids).toEqual([MAX_ENTRIES + 2]);
    expect(log.dropped).toBe(2);
});

test("an empty log says what to do", async () => {
    await mountLog();
    expect(COUNT).toHaveText("0 in the log");
    expect("section").toHaveText(/No message so far/);
    add("changes", change(["name"]));
    await drawn();
    expect(COUNT).toHaveText("1 in the log");
    expect(ENTRY).toHaveText(
        /changes.*test\.sheet.*#1.*1 changed \(name\).*John.*bytes/
    );
    expect("section").not.toHaveText(/No message so far/);
});

test("filters by type, model and text", async () => {
    add("changes", change(["name"]));
    add("changes", change(["quantity"], {model: "test.line"}));
    add("presence", {model: "test.line", user: JOHN, places: []});
    await mountLog();
    expect(ENTRY).toHaveCount(3);
    await contains("select[aria-label=Model]").select("test.line");
    expect(ENTRY).toHaveCount(2);
    await contains("select[aria-label='Type of message']").select("changes");
    expect(ENTRY).toHaveCount(1);
    expect(ENTRY).toHaveText(/1 changed \(quantity\)/);
    expect(COUNT).toHaveText("1 of 3 in the log");
    await contains("input[type=search]").edit("Amount", {confirm: false});
    expect(ENTRY).toHaveCount(0);
    expect("section").toHaveText(/No message matches the filter/);
    await contains("input[type=search]").edit("QUANTITY", {confirm: false});
    expect(ENTRY).toHaveCount(1);
});

test("a filter stays when the log is cleared", async () => {
    add("changes", change(["name"]));
    await mountLog();
    await contains("select[aria-label=Model]").select("test.sheet");
    await contains(".o_amanat_console_clear").click();
    await drawn();
    expect(ENTRY).toHaveCount(0);
    add("changes", change(["name"], {model: "test.line"}));
    await drawn();
    expect("select[aria-label=Model]").toHaveValue("test.sheet");
    expect(COUNT).toHaveText("0 of 1 in the log");
});

test("pause and resume with the button", async () => {
    await mountLog();
    await contains(PAUSE).click();
    expect(PAUSE).toHaveAttribute("aria-pressed", "true");
    add("changes", change(["name"]));
    add("changes", change(["name"]));
    await drawn();
    expect(ENTRY).toHaveCount(0);
    expect(COUNT).toHaveText("0 in the log, 2 more while paused");
    await contains(PAUSE).click();
    await drawn();
    expect(PAUSE).toHaveAttribute("aria-pressed", "false");
    expect(ENTRY).toHaveCount(2);
    expect(COUNT).toHaveText("2 in the log");
});

test("only a part is drawn, more when asked for", async () => {
    for (let i = 0; i < PAGE + 1; i++) {
        add("changes", change(["name"]));
    }
    await mountLog();
    expect(ENTRY).toHaveCount(PAGE);
    await contains(".o_amanat_console_more").click();
    expect(ENTRY).toHaveCount(PAGE + 1);
    expect(".o_amanat_console_more").toHaveCount(0);
});

test("a burst is drawn once per frame, and rows that stay are not drawn again", async () => {
    let panels = 0;
    let rows = 0;
    patchWithCleanup(LogPanel.prototype, {
        get count() {
            panels++;
            return super.count;
        },
    });
    patchWithCleanup(LogRow.prototype, {
        get time() {
            rows++;
            return super.time;
        },
    });
    for (let i = 0; i < 10; i++) {
        add("changes", change(["name"]));
    }
    await mountLog();
    panels = rows = 0;
    for (let i = 0; i < 100; i++) {
        add("changes", change(["name"]));
        await Promise.resolve();
    }
    await drawn();
    // the first one at once, the others with the next frame
    expect(panels).toBeLessThan(4);
    expect(rows).toBeLessThan(2 * PAGE + 1);
    rows = 0;
    add("changes", change(["name"]));
    await drawn();
    expect(rows).toBe(1);
});

test("text of people is never markup", async () => {
    const evil = "<img src=x onerror=alert(1)><b>bold</b>";
    add("notification", {
        model: evil,
        action: evil,
        by: {id: 1, name: evil},
        extra: {text: evil},
    });
    await mountLog();
    await contains(`${ENTRY} summary`).click();
    await drawn();
    expect(`${ENTRY} img, ${ENTRY} b`).toHaveCount(0);
    expect(`${ENTRY} summary`).toHaveText(/<b>bold<\/b>/);
    expect(".o_amanat_console_json").toHaveText(/<img src=x onerror=alert\(1\)>/);
});

test("the whole message is made when it is looked at", async () => {
    add("changes", change(["name"]));
    await mountLog();
    expect(".o_amanat_console_json").toHaveCount(0);
    await contains(`${ENTRY} summary`).click();
    await drawn();
    expect(JSON.parse(queryFirst(".o_amanat_console_json").textContent)).toEqual(
        change(["name"])
    );
});

test("copy one, copy what the filter lets through", async () => {
    patchWithCleanup(browser.navigator.clipboard, {
        async writeText(text) {
            expect.step(
                JSON.parse(text).map(({type, payload}) => [type, payload.model])
            );
        },
    });
    add("changes", change(["name"]));
    add("presence", {model: "test.line", user: JOHN, places: []});
    await mountLog();
    await contains(`${ENTRY}:eq(1) .o_amanat_console_copy`).click();
    await contains(".o_amanat_console_copy_all").click();
    await contains("select[aria-label=Model]").select("test.line");
    await contains(".o_amanat_console_copy_all").click();
    expect.verifySteps([
        [["amanat_realtime/changes", "test.sheet"]],
        [
            ["amanat_realtime/changes", "test.sheet"],
            ["amanat_realtime/presence", "test.line"],
        ],
        [["amanat_realtime/presence", "test.line"]],
    ]);
});

test("what is copied says when it came", () => {
    const at = Date.parse(AT);
    const [message] = JSON.parse(asJson([makeEntry("changes", {v: 1}, at)]));
    expect(message).toEqual({
        type: "amanat_realtime/changes",
        received_at: "2026-11-20T10:11:12.123Z",
        payload: {v: 1},
    });
});
