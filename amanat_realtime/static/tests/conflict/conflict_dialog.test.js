// Promise: the dialog shows what the person has to know, hands back exactly what was
// chosen, and closing it in any way is no choice and leaves nothing waiting.
import {after, beforeEach, expect, test} from "@odoo/hoot";
import {
    press,
    queryAllTexts,
    queryFirst,
    queryOne,
    queryText,
    waitFor,
} from "@odoo/hoot-dom";
import {animationFrame, Deferred, tick} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {Component, xml} from "@odoo/owl";
import {executeButtonCallback} from "@web/views/view_button/view_button_hook";
import {forgetReports} from "@amanat_realtime/core/log";
import {ConflictDialog} from "@amanat_realtime/conflict/conflict_dialog";
import {diffLibrary} from "@amanat_realtime/conflict/text_diff";
import {JOHN} from "../realtime_test_helpers";

// Hoot formats the failures of other tests with the library, wrongly if it is there
// without the user interface of Hoot.
beforeEach(() => {
    const wasThere = "DiffMatchPatch" in window.top;
    after(() => wasThere || delete window.top.DiffMatchPatch);
});

class Page extends Component {
    static template = xml`<input class="o_page_input"/>`;
    static props = ["*"];
}

const QUANTITY = {
    key: "quantity",
    label: "Quantity",
    original: "1",
    mine: "11",
    theirs: "22",
    by: JOHN,
    at: null,
};
const LINE = {...QUANTITY, key: "line", label: "Toner", theirs: "", deleted: true};
const NOTE = {
    ...QUANTITY,
    key: "note",
    label: "Note",
    mine: "first line\nsecond <b>line</b>",
    theirs: "first line\nthird <b>line</b>",
};

const DIALOG = ".o_amanat_conflict_dialog";
const button = (name) => `${DIALOG} .modal-footer button[name=${name}]`;
const radio = (key, side) => `[data-key=${key}] input[type=radio][value=${side}]`;

async function openDialog(entries, params = {}) {
    await mountWithCleanup(Page);
    queryOne(".o_page_input").focus();
    getService("dialog").add(ConflictDialog, {
        recordName: "first",
        mode: "conflict",
        entries,
        onChoose: (choices) => expect.step(choices),
        ...params,
    });
    await animationFrame();
    await animationFrame();
}

test("one field: what it was, mine, theirs, by whom, and one answer", async () => {
    await openDialog([QUANTITY]);
    expect(`${DIALOG} .modal-title`).toHaveText(
        "Somebody else changed the same fields: first"
    );
    expect(`${DIALOG} legend`).toHaveText("Quantity");
    expect(`${DIALOG} .o_amanat_conflict_who`).toHaveText("John");
    expect(queryAllTexts(`${DIALOG} dt`)).toEqual(["Original", "Mine", "Theirs"]);
    expect(queryAllTexts(`${DIALOG} dd`)).toEqual(["1", "11", "22"]);
    expect(queryAllTexts(`${DIALOG} .modal-footer button`)).toEqual([
        "Keep mine",
        "Take theirs",
        "Cancel",
    ]);
    expect(button("mine")).toBeFocused();
    await contains(button("theirs")).click();
    expect.verifySteps([{quantity: "theirs"}]);
    expect(DIALOG).toHaveCount(0);
});

test("several fields: one answer each, by keyboard, from the first on", async () => {
    await openDialog([QUANTITY, LINE]);
    expect(radio("quantity", "mine")).toBeFocused();
    expect(button("save")).not.toBeEnabled();
    expect(queryAllTexts("[data-key=line] dd")).toEqual(["1", "11", "Deleted"]);
    // The browser's own work for an arrow key.
    await contains(radio("quantity", "theirs")).check();
    expect(radio("quantity", "theirs")).toBeChecked();
    expect(button("save")).not.toBeEnabled();
    await contains(radio("line", "mine")).click();
    expect(button("save")).toBeEnabled();
    await contains(button("save")).click();
    expect.verifySteps([{quantity: "theirs", line: "mine"}]);
    expect(DIALOG).toHaveCount(0);
});

test("several fields: all of one side, whatever was ticked before", async () => {
    await openDialog([QUANTITY, LINE]);
    await contains(radio("line", "mine")).click();
    await contains(button("theirs")).click();
    expect.verifySteps([{quantity: "theirs", line: "theirs"}]);
});

test("Ctrl+Enter chooses nothing that was not chosen", async () => {
    await openDialog([QUANTITY, LINE]);
    await press(["control", "enter"]);
    await animationFrame();
    expect.verifySteps([]);
    expect(DIALOG).toHaveCount(1);
});

for (const [way, close] of [
    ["Escape", () => press("escape")],
    ["Cancel", () => contains(button("cancel")).click()],
    ["the cross", () => queryFirst(`${DIALOG} .modal-header button`).click()],
]) {
    test(`${way} calls nothing, and the focus goes back`, async () => {
        await openDialog([QUANTITY]);
        await close();
        await animationFrame();
        await animationFrame();
        expect(DIALOG).toHaveCount(0);
        expect.verifySteps([]);
        expect(".o_page_input").toBeFocused();
    });
}

test("no second choice while the first is applied; a failure is told", async () => {
    forgetReports();
    patchWithCleanup(console, {error: (message) => expect.step(message)});
    const applied = new Deferred();
    const onChoose = (choices) => {
        expect.step(choices);
        return applied;
    };
    await openDialog([QUANTITY], {onChoose});
    await contains(button("mine")).click();
    expect(button("mine")).not.toBeEnabled();
    expect(button("theirs")).not.toBeEnabled();
    expect(button("cancel")).toBeEnabled();
    applied.reject(new Error("no"));
    await animationFrame();
    await animationFrame();
    expect(DIALOG).toHaveCount(1);
    expect(".o_notification").toHaveCount(1);
    expect(".o_notification").toHaveText(/Your choice could not be applied/);
    expect(button("mine")).toBeEnabled();
    expect.verifySteps([
        {quantity: "mine"},
        "[amanat_realtime] could not apply choices",
    ]);
    forgetReports();
});

test("closed while a choice is applied: nothing breaks when it ends", async () => {
    const applied = new Deferred();
    await openDialog([QUANTITY], {onChoose: () => applied});
    await contains(button("mine")).click();
    await press("escape");
    await animationFrame();
    expect(DIALOG).toHaveCount(0);
    applied.resolve();
    await animationFrame();
    expect(DIALOG).toHaveCount(0);
});

test("a button of the view that is being executed leaves the choices usable", async () => {
    await openDialog([QUANTITY, LINE]);
    executeButtonCallback(document.body, () => new Deferred());
    await tick();
    expect(button("mine")).toBeEnabled();
    expect(button("save")).not.toBeEnabled();
    await contains(button("mine")).click();
    expect.verifySteps([{quantity: "mine", line: "mine"}]);
});

test("drafts are offered in other words", async () => {
    await openDialog([QUANTITY], {mode: "draft", recordName: ""});
    expect(`${DIALOG} .modal-title`).toHaveText("Changes that were not saved");
    expect(queryAllTexts(`${DIALOG} .modal-footer button`)).toEqual([
        "Use mine",
        "Keep the present value",
        "Decide later",
    ]);
    expect(queryAllTexts(`${DIALOG} dt`)).toEqual([
        "Original",
        "Mine, not saved",
        "Present value",
    ]);
});

test("long texts are compared in place, as text", async () => {
    await diffLibrary.load();
    await openDialog([NOTE]);
    await waitFor(`${DIALOG} .o_amanat_diff ins`);
    expect(queryAllTexts(`${DIALOG} .o_amanat_diff del`)).toEqual(["second"]);
    expect(queryAllTexts(`${DIALOG} .o_amanat_diff ins`)).toEqual(["third"]);
    expect(`${DIALOG} .o_amanat_diff b`).toHaveCount(0);
    expect(queryText(`${DIALOG} .o_amanat_diff`)).toInclude("<b>line</b>");
    const lineOf = (sel) => getComputedStyle(queryOne(sel)).textDecorationLine;
    expect(lineOf(`${DIALOG} .o_amanat_diff del`)).toBe("line-through");
    expect(lineOf(`${DIALOG} .o_amanat_diff ins`)).toBe("underline");
    expect(button("mine")).toHaveText("Keep mine");
});

test("without the library the texts are shown in full", async () => {
    patchWithCleanup(console, {warn: () => expect.step("warned")});
    forgetReports();
    patchWithCleanup(diffLibrary, {load: () => Promise.reject(new Error("offline"))});
    await openDialog([NOTE]);
    expect(`${DIALOG} .o_amanat_diff`).toHaveCount(0);
    expect(`${DIALOG} .o_amanat_mine dd`).toHaveText(NOTE.mine);
    expect(`${DIALOG} .o_amanat_theirs dd`).toHaveText(NOTE.theirs);
    expect.verifySteps(["warned"]);
    forgetReports();
});

test.tags("mobile");
test("on a phone it fills the screen, one version below the other", async () => {
    await openDialog([QUANTITY]);
    expect(".modal.o_modal_full").toHaveCount(1);
    const [original, mine] = [".o_amanat_original", ".o_amanat_mine"].map((sel) =>
        queryOne(`${DIALOG} ${sel}`).getBoundingClientRect()
    );
    expect(mine.top).toBeGreaterThan(original.top);
    expect(mine.left).toBe(original.left);
});
