// Promise: a bar never moves backwards, whatever order messages come in, and what got
// lost is asked for.
import {describe, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {onRpc} from "@web/../tests/web_test_helpers";
import {ASK_AFTER, PROGRESS_MODEL} from "@amanat_realtime/progress/progress_service";
import {ProgressStore} from "@amanat_realtime/progress/progress_store";
import {connection, cut, passUntil} from "../connection/connection_test_helpers";
import {defineLiveModels} from "../realtime_test_helpers";
import {
    mockProgress,
    newWork,
    next,
    progress,
    startProgress,
    tellProgress,
} from "./progress_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const work = newWork();
const known = () => progress().store.works;

test("messages that overtake each other", () => {
    const store = new ProgressStore();
    const second = next(work, {done: 10});
    const third = next(second, {done: 20});
    store.apply(work);
    store.apply(third);
    expect(store.apply(second)).toBe(null);
    expect(store.works[work.id].done).toBe(20);
    const end = next(third, {state: "done", done: 100});
    store.apply(end);
    expect(store.apply(next(second, {done: 21}))).toBe(null);
    expect(store.works[work.id].state).toBe("done");
});

test("an answer as new as the last message says that nothing came after it", () => {
    const store = new ProgressStore();
    store.apply(work);
    expect(store.apply({...work, state: "stopped"})).toBe(null);
    store.apply({...work, state: "stopped"}, {isAnswer: true});
    expect(store.works[work.id].state).toBe("stopped");
    // It was only slow.
    store.apply(next(work, {done: 5}));
    expect(store.works[work.id].state).toBe("running");
    store.apply(next(work, {n: 9, state: "done"}));
    expect(store.apply(next(work, {n: 9}), {isAnswer: true})).toBe(null);
});

test("what Odoo runs anew is forgotten", () => {
    const store = new ProgressStore();
    store.apply(work);
    store.apply(next(work, {state: "gone"}));
    expect(store.shown).toEqual([]);
});

test("a lost last message is asked for", async () => {
    const lost = newWork();
    mockProgress({current: () => [next(lost, {state: "done", done: 100})]});
    await startProgress();
    await tellProgress(lost);
    await advanceTime(ASK_AFTER + 100);
    await animationFrame();
    expect.verifySteps([["current", [lost.id]]]);
    expect(known()[lost.id].state).toBe("done");
    // Nothing is left to be asked.
    await advanceTime(10 * ASK_AFTER);
    expect.verifySteps([]);
});

test("what moves is not asked after", async () => {
    mockProgress({});
    await startProgress();
    let told = newWork();
    for (let second = 0; second < 60; second += 5) {
        told = next(told, {done: second});
        await tellProgress(told);
        await advanceTime(5000);
    }
    expect.verifySteps([]);
});

test("what is quiet is asked after less and less often", async () => {
    const quiet = newWork();
    const times = [];
    onRpc(PROGRESS_MODEL, "current", () => {
        times.push(Date.now());
        return [quiet];
    });
    await startProgress([quiet]);
    for (let passed = 0; passed < 30; passed++) {
        await advanceTime(ASK_AFTER);
    }
    const pauses = times.slice(1).map((time, i) => time - times[i]);
    expect(pauses.length).toBeWithin(3, 12);
    expect(pauses.at(-1)).toBeGreaterThan(2 * pauses[0]);
});

test("what the server does not know any more is over", async () => {
    const gone = newWork();
    mockProgress({current: () => []});
    await startProgress([gone]);
    await advanceTime(ASK_AFTER + 100);
    expect.verifySteps([["current", [gone.id]]]);
    expect(known()[gone.id]).toBe(undefined);
});

test("after a reconnection, what runs is asked for", async () => {
    const running = newWork();
    mockProgress({current: () => [next(running, {done: 50})]});
    await startProgress();
    await tellProgress(running);
    await cut();
    expect(connection().isUp).toBe(false);
    await passUntil(() => connection().isUp);
    expect.verifySteps([["current", [running.id]]]);
    expect(known()[running.id].done).toBe(50);
});
