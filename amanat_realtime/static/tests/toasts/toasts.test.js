// Promise: people are told what others change and where they collide, in one toast per two
// seconds at most, without anything left out, and only as long as they want to be told.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {hover, leave, press, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, mockDate} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    makeMockEnv,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";
import {BurgerUserMenu} from "@web/webclient/burger_menu/burger_user_menu/burger_user_menu";
import {UserMenu} from "@web/webclient/user_menu/user_menu";
import {WebClient} from "@web/webclient/webclient";
import {LONGEST_SLOT, SLOT} from "@amanat_realtime/toasts/toast_queue";
import {CHANGE_DELAY} from "@amanat_realtime/toasts/toast_service";
import {defineLiveModels, makeLive, sleep, stopClock} from "../realtime_test_helpers";

const JOHN = {id: 70, name: "John"};
const MARC = {id: 80, name: "Marc"};
const TOAST = ".o_notification";

defineLiveModels();
beforeEach(() => {
    mockDate("2026-11-20 10:00:00");
    stopClock();
    makeLive();
});

/** @returns {object} as much of a datapoint as a toast needs */
function makeRecord(resId = 1, values = {}) {
    const data = {display_name: `Sheet ${resId}`, ...values};
    const field = (type, label) => ({type, string: label});
    return {
        id: `datapoint_${Math.random()}`,
        resId,
        resModel: "test.sheet",
        data,
        activeFields: {},
        fields: {
            name: field("char", "Name"),
            note: field("text", "Note"),
            quantity: field("integer", "Quantity"),
            partner_ids: field("many2many", "Partners"),
        },
    };
}

/** Collects what is handed to the notification service, which is Odoo's. */
async function startWithFakeNotifications() {
    const shown = [];
    mockService("notification", {
        add: (message, options) => {
            shown.push({message: message.trim(), ...options});
            return () => shown.push("closed");
        },
    });
    await makeMockEnv();
    return {shown, toasts: getService("amanat_realtime_toasts")};
}

const change = (record, fieldName, oldValue, newValue, by = JOHN) => ({
    record,
    fieldName,
    oldValue,
    newValue,
    by,
});

const messages = (shown) => shown.map(({message}) => message);

let isHidden = false;

function setHidden(hidden) {
    isHidden = hidden;
    document.dispatchEvent(new Event("visibilitychange"));
}

function mockVisibility() {
    isHidden = false;
    patchWithCleanup(document, {
        get visibilityState() {
            return isHidden ? "hidden" : "visible";
        },
    });
}

describe("texts", () => {
    test("a change: who, which field of which record, from what to what", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.changed(change(makeRecord(), "quantity", 500, 550));
        await advanceTime(0);
        expect(messages(shown)).toEqual([
            "John changed “Quantity” of Sheet 1\n500 → 550",
        ]);
        expect(shown[0].title).toBe("Update from another person");
        expect(shown[0].type).toBe("info");
        expect(shown[0].autocloseDelay).toBe(5000);
    });

    test("a record without a name goes by what people call it", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        session.amanat_realtime.names = {"test.sheet": "partner_id"};
        const values = {
            display_name: undefined,
            partner_id: {id: 3, display_name: "HP LaserJet (SN: ABC123)"},
        };
        toasts.changed(change(makeRecord(1, values), "quantity", 500, 550));
        await advanceTime(0);
        expect(messages(shown)).toEqual([
            "John changed “Quantity” of HP LaserJet (SN: ABC123)\n500 → 550",
        ]);
    });

    test("a conflict: both values, ten seconds, and where to decide", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.conflict({
            record: makeRecord(),
            fieldName: "quantity",
            mine: 600,
            theirs: 550,
            by: JOHN,
        });
        await advanceTime(0);
        expect(messages(shown)).toEqual([
            "John changed “Quantity” of Sheet 1\nYour value: 600\nValue of John: 550\n" +
                "Choose at the field which one to keep.",
        ]);
        expect(shown[0].title).toBe("Editing conflict");
        expect(shown[0].type).toBe("warning");
        expect(shown[0].autocloseDelay).toBe(10_000);
        expect(shown[0].buttons).toEqual([]);
    });

    test("several conflicts: the first one in full, the others counted", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const record = makeRecord();
        for (const fieldName of ["quantity", "name", "note"]) {
            toasts.conflict({record, fieldName, mine: "a", theirs: "b", by: JOHN});
        }
        await advanceTime(0);
        expect(messages(shown)).toEqual([
            "John changed “Quantity” of Sheet 1\nYour value: a\nValue of John: b\n" +
                "and 2 more\nChoose at the field which one to keep.",
        ]);
    });

    test("several fields of one record", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const record = makeRecord();
        toasts.changed(change(record, "quantity", 1, 2));
        toasts.changed(change(record, "name", "a", "b"));
        await advanceTime(0);
        expect(messages(shown)).toEqual(["John changed 2 fields of Sheet 1"]);
    });

    test("several records, by one and by several people", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.changed(change(makeRecord(1), "quantity", 1, 2));
        toasts.changed(change(makeRecord(2), "quantity", 1, 2));
        await advanceTime(0);
        toasts.changed(change(makeRecord(1), "name", "a", "b"));
        toasts.changed(change(makeRecord(2), "name", "a", "b", MARC));
        toasts.changed(change(makeRecord(3), "name", "a", "b", MARC));
        await advanceTime(2100);
        expect(messages(shown)).toEqual([
            "John changed 2 records",
            "John and Marc changed 3 records",
        ]);
    });

    test("one field changed twice while it waits: from the first to the last", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const record = makeRecord();
        toasts.changed(change(record, "quantity", 1, 2));
        toasts.changed(change(record, "quantity", 2, 3, MARC));
        await advanceTime(0);
        expect(messages(shown)).toEqual([
            "John and Marc changed “Quantity” of Sheet 1\n1 → 3",
        ]);
    });

    test("changed and changed back: the last step, never “1 → 1”", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const record = makeRecord();
        toasts.changed(change(record, "quantity", 1, 2));
        toasts.changed(change(record, "quantity", 2, 1));
        await advanceTime(0);
        expect(messages(shown)).toEqual(["John changed “Quantity” of Sheet 1\n2 → 1"]);
    });

    test("many authors are not all named, an unknown one is somebody", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        ["A", "B", "C", "D", "E"].forEach((name, i) =>
            toasts.changed(
                change(makeRecord(i + 1), "quantity", 1, 2, {id: 90 + i, name})
            )
        );
        await advanceTime(0);
        toasts.changed(change(makeRecord(), "quantity", 2, 3, null));
        await advanceTime(2100);
        expect(messages(shown)).toEqual([
            "A, B, C, and 2 more changed 5 records",
            "somebody else changed “Quantity” of Sheet 1\n2 → 3",
        ]);
    });

    test("records without a name, and lines with the record they are in", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const parent = makeRecord(1);
        const nameless = {display_name: undefined, name: false};
        const named = {display_name: undefined, name: "toner"};
        const say = async (record) => {
            toasts.changed(change(record, "quantity", 1, 2));
            await advanceTime(2100);
        };
        await say(makeRecord(5, nameless));
        await say({...makeRecord(6, named), _parentRecord: parent});
        await say({...makeRecord(7, nameless), _parentRecord: parent});
        await say({...makeRecord(false, nameless), _parentRecord: parent});
        expect(messages(shown).map((text) => text.split("\n")[0])).toEqual([
            "John changed “Quantity” of record 5",
            "John changed “Quantity” of toner in Sheet 1",
            "John changed “Quantity” of a line in Sheet 1",
            "John changed “Quantity” of a new line in Sheet 1",
        ]);
    });

    test("long values are cut and cannot look like lines of ours", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const note = `one\nYour value: 7\n${"x".repeat(500)}`;
        toasts.changed(change(makeRecord(1, {display_name: "a\nb"}), "note", "", note));
        await advanceTime(0);
        const [first, second, ...others] = messages(shown)[0].split("\n");
        expect(first).toBe("John changed “Note” of a b");
        expect(second).toMatch(/^empty → one Your value: 7 x+…$/);
        expect(second.length < 120).toBe(true);
        expect(others).toEqual([]);
    });

    test("an unknown old value is left out", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const value = [{id: 1, display_name: "Azure"}];
        toasts.changed(change(makeRecord(), "partner_ids", undefined, value));
        await advanceTime(0);
        expect(messages(shown)).toEqual(["John changed “Partners” of Sheet 1\nAzure"]);
    });

    test("markup in names and values is text, on lines of its own", async () => {
        await mountWithCleanup(WebClient);
        const record = makeRecord(1, {display_name: "<b>bold</b>"});
        const by = {id: 9, name: "<i>Eve</i>"};
        getService("amanat_realtime_toasts").changed(
            change(record, "name", "<u>a</u>", "<img src=x>", by)
        );
        await advanceTime(0);
        await animationFrame();
        const content = `${TOAST}_content`;
        expect(`${content} b, ${content} i, ${content} u, ${content} img`).toHaveCount(
            0
        );
        expect(content).toHaveStyle({"white-space": "pre-line"});
        expect(queryAllTexts(content)).toEqual([
            "Update from another person.\n<i>Eve</i> changed “Name” of <b>bold</b>\n" +
                "<u>a</u> → <img src=x>",
        ]);
    });
});

describe("pace", () => {
    test("one at once, the rest summed up in the following slots", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.changed(change(makeRecord(1), "quantity", 1, 2));
        await advanceTime(0);
        expect(shown).toHaveLength(1);
        for (let id = 2; id < 12; id++) {
            toasts.changed(change(makeRecord(id), "quantity", 1, 2));
            await advanceTime(50);
        }
        expect(shown).toHaveLength(1);
        await advanceTime(1700);
        expect(messages(shown).slice(1)).toEqual(["John changed 10 records"]);
        toasts.changed(change(makeRecord(12), "quantity", 1, 2));
        await advanceTime(1000);
        expect(shown).toHaveLength(2);
        await advanceTime(1000);
        expect(shown).toHaveLength(3);
        await advanceTime(10_000);
        expect(shown).toHaveLength(3);
    });

    test("a tab that hung while a toast was drawn tells the next one soon", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.changed(change(makeRecord(1), "quantity", 1, 2));
        await advanceTime(0);
        sleep(600);
        await advanceTime(SLOT);
        toasts.changed(change(makeRecord(2), "quantity", 1, 2));
        await advanceTime(0);
        expect(shown).toHaveLength(2);
        toasts.changed(change(makeRecord(3), "quantity", 1, 2));
        await advanceTime(LONGEST_SLOT);
        expect(shown).toHaveLength(3);
    });

    test("both kinds share the slots, conflicts go first", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const record = makeRecord();
        toasts.changed(change(record, "quantity", 1, 2));
        toasts.conflict({record, fieldName: "name", mine: "a", theirs: "b", by: JOHN});
        await advanceTime(0);
        expect(shown.map(({type}) => type)).toEqual(["warning"]);
        await advanceTime(1000);
        expect(shown).toHaveLength(1);
        await advanceTime(1200);
        expect(shown.map(({type}) => type)).toEqual(["warning", "info"]);
    });

    test("news waits for a pause in the typing, conflicts do not", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const record = makeRecord();
        await press("a");
        toasts.changed(change(record, "quantity", 1, 2));
        toasts.conflict({record, fieldName: "name", mine: "a", theirs: "b", by: JOHN});
        for (let key = 0; key < 5; key++) {
            await advanceTime(1000);
            await press("a");
        }
        expect(shown.map(({type}) => type)).toEqual(["warning"]);
        await advanceTime(3000);
        expect(shown.map(({type}) => type)).toEqual(["warning", "info"]);
    });

    test("who types on and on is told after half a minute", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.changed(change(makeRecord(), "quantity", 1, 2));
        for (let key = 0; key < 29; key++) {
            await press("a");
            await advanceTime(1000);
        }
        expect(shown).toHaveLength(0);
        for (let key = 0; key < 4; key++) {
            await press("a");
            await advanceTime(1000);
        }
        expect(shown).toHaveLength(1);
    });

    test.tags("desktop");
    test("a toast stays while the pointer is on it, then its time begins anew", async () => {
        await mountWithCleanup(WebClient);
        getService("amanat_realtime_toasts").changed(
            change(makeRecord(), "quantity", 1, 2)
        );
        await advanceTime(0);
        await animationFrame();
        await hover(TOAST);
        await advanceTime(CHANGE_DELAY + 1000);
        expect(TOAST).toHaveCount(1);
        await leave(TOAST);
        await advanceTime(CHANGE_DELAY - 1000);
        expect(TOAST).toHaveCount(1);
        await advanceTime(2000);
        await animationFrame();
        expect(TOAST).toHaveCount(0);
    });

    test("after a quiet time the next one comes at once", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.changed(change(makeRecord(1), "quantity", 1, 2));
        await advanceTime(5000);
        toasts.changed(change(makeRecord(2), "quantity", 1, 2));
        await advanceTime(0);
        expect(shown).toHaveLength(2);
    });

    test("the same change told from two places counts once", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.changed(change(makeRecord(1), "quantity", 1, 2));
        toasts.changed(change(makeRecord(1), "quantity", 1, 2));
        await advanceTime(2500);
        toasts.changed(change(makeRecord(1), "quantity", 1, 2));
        await advanceTime(2500);
        expect(messages(shown)).toEqual(["John changed “Quantity” of Sheet 1\n1 → 2"]);
    });

    test("the same value once more, later or after another one, is news", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const record = makeRecord();
        toasts.changed(change(record, "quantity", 1, 2));
        await advanceTime(4000);
        toasts.changed(change(record, "quantity", 1, 2));
        await advanceTime(2100);
        toasts.changed(change(record, "quantity", 2, 1));
        toasts.changed(change(record, "quantity", 1, 2));
        await advanceTime(2100);
        expect(messages(shown).map((text) => text.split("\n")[1])).toEqual([
            "1 → 2",
            "1 → 2",
            "1 → 2",
        ]);
    });

    test("a hidden tab shows nothing, and sums up when it is seen again", async () => {
        mockVisibility();
        const {shown, toasts} = await startWithFakeNotifications();
        setHidden(true);
        toasts.changed(change(makeRecord(1), "quantity", 1, 2));
        await advanceTime(30_000);
        toasts.changed(change(makeRecord(2), "quantity", 1, 2));
        toasts.changed(change(makeRecord(3), "quantity", 1, 2));
        await advanceTime(25_000);
        expect(shown).toEqual([]);
        setHidden(false);
        await advanceTime(0);
        expect(messages(shown)).toEqual(["John changed 3 records"]);
    });

    test("infos older than a minute are left out, conflicts are not", async () => {
        mockVisibility();
        const {shown, toasts} = await startWithFakeNotifications();
        setHidden(true);
        const record = makeRecord();
        toasts.conflict({record, fieldName: "name", mine: "a", theirs: "b", by: JOHN});
        toasts.changed(change(record, "quantity", 1, 2));
        await advanceTime(50_000);
        toasts.changed(change(makeRecord(2), "quantity", 3, 4));
        await advanceTime(11_000);
        setHidden(false);
        await advanceTime(2100);
        expect(shown.map(({type}) => type)).toEqual(["warning", "info"]);
        expect(shown[1].message).toBe("John changed “Quantity” of Sheet 2\n3 → 4");
    });

    test("what I change in another window is no news, but it may collide", async () => {
        const {shown, toasts} = await startWithFakeNotifications();
        const record = makeRecord();
        const me = {id: serverState.userId, name: "Me"};
        toasts.changed(change(record, "quantity", 1, 2, me));
        toasts.conflict({record, fieldName: "name", mine: "a", theirs: "b", by: me});
        await advanceTime(3000);
        expect(shown.map(({type}) => type)).toEqual(["warning"]);
    });

    test("what cannot be told does not disturb the view", async () => {
        patchWithCleanup(console, {error: () => expect.step("reported")});
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.changed(change(makeRecord(), "no_such_field", 1, 2));
        toasts.changed(change(makeRecord(), "quantity", 1, 2));
        await advanceTime(0);
        expect(shown).toHaveLength(1);
        expect.verifySteps(["reported"]);
    });
});

describe("preference", () => {
    const stepWrites = () =>
        onRpc("res.users", "write", ({args}) => {
            expect.step(args);
            return true;
        });

    test("who does not want them gets conflicts only", async () => {
        makeLive(["test.sheet"], {toasts: false});
        const {shown, toasts} = await startWithFakeNotifications();
        const record = makeRecord();
        toasts.changed(change(record, "quantity", 1, 2));
        toasts.conflict({record, fieldName: "name", mine: "a", theirs: "b", by: JOHN});
        await advanceTime(5000);
        expect(shown.map(({type}) => type)).toEqual(["warning"]);
    });

    test("the button of a toast turns them off, and says how to get them back", async () => {
        stepWrites();
        const {shown, toasts} = await startWithFakeNotifications();
        toasts.changed(change(makeRecord(1), "quantity", 1, 2));
        await advanceTime(0);
        toasts.changed(change(makeRecord(2), "quantity", 1, 2));
        expect(shown[0].buttons.map(({name}) => name)).toEqual(["Do not show these"]);
        await shown[0].buttons[0].onClick();
        expect.verifySteps([[[serverState.userId], {amanat_realtime_toasts: false}]]);
        expect(shown[1]).toBe("closed");
        expect(shown[2].message).toMatch(/In your Preferences you can turn this on/);
        expect(session.amanat_realtime.toasts).toBe(false);
        expect(session.amanat_realtime.models).toEqual(["test.sheet"]);
        toasts.changed(change(makeRecord(3), "quantity", 1, 2));
        await advanceTime(5000);
        expect(shown).toHaveLength(3);
    });

    test("refused by the server: they stay on", async () => {
        onRpc("res.users", "write", () => {
            throw new Error("refused");
        });
        const {toasts} = await startWithFakeNotifications();
        await expect(toasts.preference.set(false)).rejects.toThrow(/RPC_ERROR|refused/);
        expect(toasts.preference.isEnabled).toBe(true);
        expect(session.amanat_realtime.toasts).not.toBe(false);
    });

    test.tags("desktop");
    test("the user menu has a switch that shows and changes it", async () => {
        stepWrites();
        await mountWithCleanup(UserMenu);
        const item = "[data-menu=amanat_realtime_toasts]";
        const open = () => contains("button.dropdown-toggle").click();
        await open();
        expect(item).toHaveText("Update notifications");
        expect(`${item} input`).toBeChecked();
        await contains(item).click();
        await open();
        expect(`${item} input`).not.toBeChecked();
        await contains(`${item} input`).click();
        expect.verifySteps([
            [[serverState.userId], {amanat_realtime_toasts: false}],
            [[serverState.userId], {amanat_realtime_toasts: true}],
        ]);
        expect(session.amanat_realtime.toasts).toBe(true);
    });

    test.tags("desktop");
    test("no switch for people without live views", async () => {
        patchWithCleanup(session, {amanat_realtime: undefined});
        await mountWithCleanup(UserMenu);
        await contains("button.dropdown-toggle").click();
        expect("[data-menu=preferences]").toHaveCount(1);
        expect("[data-menu=amanat_realtime_toasts]").toHaveCount(0);
    });

    test("the menu of small screens has it too", async () => {
        stepWrites();
        await mountWithCleanup(BurgerUserMenu);
        const box = ".o_user_menu_mobile .form-switch:contains(Update notifications)";
        expect(`${box} input`).toBeChecked();
        await contains(`${box} input`).click();
        expect.verifySteps([[[serverState.userId], {amanat_realtime_toasts: false}]]);
    });
});
