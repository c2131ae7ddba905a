// Promise: the systray shows long works while they run, and for a moment how they ended;
// people can cancel their own, and are told of the end once, in words and looks.
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {contains, getService, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {SHOWN_FOR} from "@amanat_realtime/progress/progress_service";
import {mockVisibility} from "../connection/connection_test_helpers";
import {defineLiveModels, JOHN} from "../realtime_test_helpers";
import {
    counter,
    mockProgress,
    mountMenu,
    newWork,
    next,
    progress,
    tellProgress,
} from "./progress_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const BUTTON = ".o_amanat_progress_button";
const WORK = ".o_amanat_progress_work";
const BAR = `${WORK} progress`;
const TEXT = ".o_amanat_progress_text";
const TOAST = ".o_notification";
const STATUS = ".o_amanat_progress_item [role=status]";

test("nothing is shown while nothing runs", async () => {
    await mountMenu();
    expect(BUTTON).toHaveCount(0);
    await tellProgress(newWork());
    expect(BUTTON).toHaveAttribute("aria-label", "Long work: 1 running");
    expect(".o_amanat_progress_count").toHaveText("1");
});

test("a bar moves, with speed and time left", async () => {
    const work = newWork({total: 1000});
    await mountMenu([work]);
    await contains(BUTTON).click();
    expect(BAR).toHaveAttribute("value", "0");
    expect(BAR).toHaveAttribute("max", "1000");
    expect(BAR).toHaveAttribute("aria-label", "Import");
    await tellProgress(next(work, {done: 200, elapsed: 4, message: "Row 200"}));
    expect(BAR).toHaveAttribute("value", "200");
    expect(TEXT).toHaveText("200 of 1,000 · 50 per second · about 20 seconds left");
    expect(BAR).toHaveAttribute("aria-valuetext", /200 of 1,000/);
    expect(".o_amanat_progress_message").toHaveText("Row 200");
    expect(`${BUTTON} progress`).toHaveAttribute("value", "0.2");
});

test("nobody knows how much there is", async () => {
    const work = newWork({total: 0, done: 7});
    await mountMenu([work]);
    await contains(BUTTON).click();
    expect(BAR).not.toHaveAttribute("value");
    expect(TEXT).toHaveText("7 done");
    expect(`${BUTTON} progress`).not.toHaveAttribute("value");
});

test("several works, the latest one first", async () => {
    const mine = newWork();
    const theirs = newWork({name: "Export", by: JOHN, message: "<b>no markup</b>"});
    await mountMenu([mine, theirs]);
    await contains(BUTTON).click();
    expect(queryAllTexts(".o_amanat_progress_name")).toEqual(["Export", "Import"]);
    expect(`${WORK}:first`).toHaveText(/Run by John/);
    expect(".o_amanat_progress_message").toHaveText("<b>no markup</b>");
    // Others' works are not mine to cancel.
    expect(".o_amanat_progress_cancel").toHaveCount(1);
});

test("cancel", async () => {
    const work = newWork();
    mockProgress({cancel: () => [{...work, cancelling: true}]});
    await mountMenu([work, newWork({name: "Fixed", cancellable: false})]);
    await contains(BUTTON).click();
    expect(".o_amanat_progress_cancel").toHaveCount(1);
    await contains(".o_amanat_progress_cancel").click();
    await animationFrame();
    expect.verifySteps([["cancel", [work.id]]]);
    expect(".o_amanat_progress_cancel").not.toBeEnabled();
    expect(`${WORK}[data-id='${work.id}'] ${TEXT}`).toHaveText(/Cancelling…/);
    await tellProgress(next(work, {state: "cancelled", done: 3}));
    expect(`${WORK}[data-id='${work.id}'] ${TEXT}`).toHaveText(/Cancelled/);
    expect(`${TOAST} .o_notification_content`).toHaveText(/3 of 100/);
});

test("the record of a work can be opened", async () => {
    await mountMenu([newWork({record: {model: "test.sheet", id: 2}})]);
    patchWithCleanup(getService("action"), {
        doAction: ({res_model, res_id}) => expect.step([res_model, res_id]),
    });
    await contains(BUTTON).click();
    await contains("button.o_amanat_progress_name").click();
    expect.verifySteps([["test.sheet", 2]]);
});

for (const [state, looks, message] of [
    ["done", "bg-success", "Import: done"],
    ["warning", "bg-warning", "Import: done"],
    ["failed", "bg-danger", "Import: failed"],
    ["cancelled", "bg-info", "Import: cancelled"],
]) {
    test(`the end is told: ${state}`, async () => {
        const work = newWork();
        await mountMenu([work]);
        await tellProgress(
            next(work, {
                state,
                message: "The file is empty.",
                counters: [
                    counter("Updated", 1500),
                    counter("Skipped (edited by hand)", 3, true),
                ],
            })
        );
        expect(`${TOAST} .o_notification_bar.${looks}`).toHaveCount(1);
        const text =
            state === "failed"
                ? /The file is empty\.$/
                : /Updated: 1,500\s+Skipped \(edited by hand\): 3$/;
        expect(`${TOAST} .o_notification_content`).toHaveText(text);
        expect(TOAST).toHaveText(new RegExp(message));
        expect(STATUS).toHaveText(new RegExp(message));
        // Failures stay until they were read.
        await advanceTime(11_000);
        await animationFrame();
        expect(TOAST).toHaveCount(state === "failed" ? 1 : 0);
    });
}

test("the end stays in the systray for a moment", async () => {
    const work = newWork();
    await mountMenu([work]);
    await tellProgress(next(work, {state: "done", done: 100}));
    expect(BUTTON).toHaveAttribute("aria-label", "Long work: ended");
    expect(`${BUTTON} progress`).toHaveCount(0);
    await advanceTime(SHOWN_FOR + 100);
    await animationFrame();
    expect(BUTTON).toHaveCount(0);
});

test("the end can be put away, in all tabs", async () => {
    const work = newWork();
    await mountMenu([work]);
    await tellProgress(next(work, {state: "done", done: 100}));
    await contains(BUTTON).click();
    await contains(".o_amanat_progress_dismiss").click();
    expect(BUTTON).toHaveCount(0);
    // What another tab put away.
    const other = newWork({state: "stopped"});
    await tellProgress(other);
    expect(BUTTON).toHaveCount(1);
    progress().memory.add("dismissed", other.id);
    window.dispatchEvent(new StorageEvent("storage", {key: progress().memory.key}));
    await animationFrame();
    expect(BUTTON).toHaveCount(0);
});

test("who looks at another tab is told there, and not again here", async () => {
    const tab = mockVisibility();
    const [first, second] = [newWork({name: "First"}), newWork({name: "Second"})];
    await mountMenu([first, second]);
    await tab.set(true);
    await tellProgress(
        next(first, {state: "done"}),
        next(second, {state: "failed", message: "No."})
    );
    expect(TOAST).toHaveCount(0);
    progress().memory.add("told", `${first.id} done`);
    await tab.set(false);
    await animationFrame();
    expect(TOAST).toHaveCount(1);
    expect(TOAST).toHaveText(/Second: failed/);
});

test("a page that is loaded late tells what ended just before, nothing older", async () => {
    await mountMenu([
        newWork({name: "Just now", state: "done", ago: 5}),
        newWork({name: "Before", state: "done", ago: 90}),
    ]);
    await animationFrame();
    expect(TOAST).toHaveCount(1);
    expect(TOAST).toHaveText(/Just now/);
});

test("a success that is taken back is told as well", async () => {
    const work = newWork();
    await mountMenu([work]);
    const done = next(work, {state: "done"});
    await tellProgress(
        done,
        next(done, {state: "failed", message: "Nothing was saved."})
    );
    expect(queryAllTexts(TOAST)[1]).toMatch(/failed/);
});

test("works that stopped say so and can be put away", async () => {
    await mountMenu([newWork({state: "stopped", ago: 400})]);
    expect(TOAST).toHaveCount(0);
    await contains(BUTTON).click();
    expect(TEXT).toHaveText(/it may have stopped/);
    expect(".o_amanat_progress_dismiss").toHaveCount(1);
});

test("it is shown only to those who are told", async () => {
    await mountMenu();
    const {isDisplayed} = registry.category("systray").get("amanat_realtime.progress");
    const env = {services: {amanat_realtime_progress: {}}};
    expect(isDisplayed(env)).toBe(true);
    patchWithCleanup(session, {amanat_realtime: undefined});
    expect(isDisplayed(env)).toBe(false);
});
