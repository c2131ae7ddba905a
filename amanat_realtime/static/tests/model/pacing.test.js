// Promise: what others change comes as often as the tab can take it, in order, and is
// never lost, however much of it there is.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    MockServer,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {Pacer} from "@amanat_realtime/model/pacer";
import {takeSlice} from "@amanat_realtime/model/slices";
import {ListController} from "@web/views/list/list_controller";
import {patcherOf} from "@amanat_realtime/core/patcher_of";
import {
    cell,
    defineLiveModels,
    makeLive,
    settle,
    Sheet,
    stepCalls,
    stopClock,
    subscribed,
    tell,
} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const db = () => MockServer.env["test.sheet"];

const nothing = {create: [], unlink: [], enter: [], leave: [], refresh: false};
const message = (update, extra = {}) => ({...nothing, update, ...extra});
const ALL = Array.from({length: 200}, (_, i) => i + 1);
const entry = (...ids) => ({ids, diff: {}, stale: []});
const idsOf = (messages) =>
    messages.flatMap(({update}) => update.flatMap(({ids}) => ids));

describe("slices", () => {
    const sliceAll = (queue, size, isShown) => {
        const slices = [];
        while (queue.length) {
            slices.push(takeSlice(queue, size, isShown));
        }
        return slices;
    };

    test("small messages are taken together", () => {
        const queue = [message([entry(1)]), message([entry(2)]), message([entry(1)])];
        const [slice] = sliceAll([...queue], 10, () => true);
        expect(slice).toEqual(queue);
    });

    test("a big message is cut, and what it says last comes last", () => {
        const big = message([entry(1, 2, 3), entry(4, 5)], {
            create: [9],
            refresh: true,
        });
        const slices = sliceAll([big, message([entry(6)])], 2, () => true);
        expect(slices.map(idsOf)).toEqual([[1, 2], [3, 4], [5], [6]]);
        expect(slices.flat().map(({create}) => create)).toEqual([[], [], [9], []]);
        expect(slices.flat().filter(({refresh}) => refresh)).toHaveLength(1);
    });

    test("what is not on screen takes no room", () => {
        const ids = Array.from({length: 1000}, (_, i) => i + 1);
        const slices = sliceAll([message([entry(...ids)])], 10, (id) => id % 50 === 0);
        expect(slices).toHaveLength(2);
        expect(slices.flatMap(idsOf)).toEqual(ids);
    });

    test("the order of messages about one record is kept", () => {
        const queue = [message([entry(1, 2, 3)]), message([entry(3, 1)])];
        const slices = sliceAll(queue, 2, () => true);
        expect(slices.map(idsOf)).toEqual([[1, 2], [3, 3], [1]]);
    });
});

describe("in a list", () => {
    let patcher = null;

    beforeEach(() => {
        makeLive();
        Sheet._records = ALL.map((id) => ({id, name: `sheet ${id}`, quantity: 0}));
        patchWithCleanup(ListController.prototype, {
            setup() {
                super.setup();
                patcher = patcherOf(this.model);
            },
        });
    });

    async function mountList(
        arch = `<list limit="500"><field name="name"/><field name="quantity"/></list>`
    ) {
        await mountView({type: "list", resModel: "test.sheet", arch});
        await subscribed();
    }

    /** From now on the machine is one that needs so long for any work. */
    const beSlow = (cost) => {
        patchWithCleanup(Pacer, {CHEAP: 10});
        patchWithCleanup(Pacer.prototype, {
            learn() {
                super.learn(cost, 0);
            },
        });
        patcher.pacer.learn(cost, 0);
    };

    /** Let time pass until nothing waits any more. */
    async function drain() {
        for (let i = 0; i < 50 && patcher.flushing; i++) {
            await advanceTime(20);
            await animationFrame();
        }
        expect(patcher.flushing).toBe(false);
        await animationFrame();
    }

    const change = (id, from, to) => ({
        update: [{ids: [id].flat(), diff: {quantity: [from, to]}}],
    });

    const shown = (value) =>
        [...document.querySelectorAll("td[name=quantity]")].filter(
            (td) => td.textContent === String(value)
        ).length;

    test("200 records are shown in several frames, all of them", async () => {
        await mountList();
        await tell(change(ALL, 0, 7));
        expect(shown(7)).toBeGreaterThan(0);
        expect(shown(7)).toBeLessThan(200);
        expect(patcher.flushing).toBe(true);
        await drain();
        expect(shown(7)).toBe(200);
    });

    test("a change that comes while a big one is being shown comes after it", async () => {
        await mountList();
        await tell(change(ALL, 0, 7));
        await tell(change(200, 7, 8));
        await drain();
        expect(cell(199, "quantity")).toHaveText("8");
        expect(shown(7)).toBe(199);
    });

    test("a list that is loaded again meanwhile ends right", async () => {
        await mountList();
        await tell(change(ALL, 0, 7));
        onRpc("test.sheet", "web_search_read", ({parent}) => {
            const result = parent();
            result.records.forEach((record) => (record.quantity = 7));
            return result;
        });
        await patcher.model.load();
        await drain();
        expect(shown(7)).toBe(200);
        expect(patcher.queue).toHaveLength(0);
    });

    test("a change that takes several frames and moves rows costs one read", async () => {
        await mountList(
            `<list limit="500" default_order="rank"><field name="name"/>
                <field name="rank"/><field name="quantity"/></list>`
        );
        stepCalls();
        await tell({update: [{ids: ALL, diff: {rank: [0, 7]}}]});
        await drain();
        await settle();
        await settle();
        expect.verifySteps(["web_search_read"]);
    });

    describe("what is read again", () => {
        const setAll = (quantity) => db().write(ALL, {quantity});

        /** @type {(() => void)[]} slices that are drawn, and wait for the next one */
        let drawn = [];

        /** The read has come, and its first slice is on screen. */
        async function beginRead() {
            await mountList();
            drawn = [];
            patchWithCleanup(patcher, {
                async drawn() {
                    await super.drawn();
                    await new Promise((resolve) => drawn.push(resolve));
                },
            });
            setAll(7);
            await tell({refresh: true});
            for (let i = 0; i < 50 && !drawn.length; i++) {
                await advanceTime(60);
                await animationFrame();
            }
            expect(shown(7)).toBeGreaterThan(0);
            expect(shown(7)).toBeLessThan(200);
        }

        async function endRead() {
            for (let i = 0; i < 50 && patcher.refresher.running; i++) {
                drawn.splice(0).forEach((resolve) => resolve());
                await advanceTime(20);
                await animationFrame();
            }
            expect(patcher.refresher.running).toBe(false);
            await animationFrame();
        }

        test("is shown in several frames, all of it", async () => {
            await beginRead();
            await endRead();
            expect(shown(7)).toBe(200);
        });

        test("a change that comes meanwhile comes after it", async () => {
            await beginRead();
            db().write([200], {quantity: 8});
            await tell(change(200, 7, 8));
            await endRead();
            await drain();
            expect(cell(199, "quantity")).toHaveText("8");
            expect(shown(7)).toBe(199);
        });

        test("rows that left and came are right in the end", async () => {
            await mountList();
            setAll(7);
            db().unlink(ALL.slice(0, 100));
            db().create([{name: "new", quantity: 7}]);
            await tell({refresh: true});
            for (let i = 0; i < 50 && !patcher.refresher.running; i++) {
                await advanceTime(60);
            }
            await endRead();
            await settle();
            expect(shown(7)).toBe(101);
        });

        test("a list that is loaded again meanwhile ends right", async () => {
            await beginRead();
            setAll(9);
            await patcher.model.load();
            await endRead();
            await settle();
            expect(shown(9)).toBe(200);
        });

        test("rows stay where they are if the person begins to hold them", async () => {
            await beginRead();
            db().unlink([1]);
            patcher.isResting = () => true;
            await endRead();
            expect(shown(7)).toBe(200);
            patcher.isResting = () => false;
            patcher.release();
            for (let i = 0; i < 50 && shown(7) === 200; i++) {
                await advanceTime(60);
                await animationFrame();
            }
            expect(shown(7)).toBe(199);
        });
    });

    test("a slow tab rests between two changes, and then shows the last", async () => {
        stopClock();
        await mountList();
        beSlow(200);
        await tell(change(1, 0, 1));
        await tell(change(1, 1, 2));
        expect(cell(0, "quantity")).toHaveText("0");
        await advanceTime(420);
        await animationFrame();
        expect(cell(0, "quantity")).toHaveText("2");
    });

    test("what has waited too long is shown whatever it costs", async () => {
        await mountList();
        beSlow(900);
        await tell(change(ALL, 0, 7));
        for (let i = 0; i < 40 && shown(7) < ALL.length; i++) {
            await advanceTime(100);
            await animationFrame();
        }
        expect(shown(7)).toBe(ALL.length);
        await drain();
    });

    test("a fast tab shows each change at once", async () => {
        await mountList();
        beSlow(5);
        await tell(change(1, 0, 1));
        expect(cell(0, "quantity")).toHaveText("1");
        await tell(change(1, 1, 2));
        expect(cell(0, "quantity")).toHaveText("2");
    });

    test("a slow tab waits for a pause in the typing, but not for ever", async () => {
        await mountList();
        beSlow(50);
        let now = Date.now() + 200;
        patchWithCleanup(Date, {now: () => now});
        const typeFor = async (ms) => {
            for (const end = now + ms; now < end; now += 100) {
                await press("a");
                await advanceTime(100);
            }
        };
        await press("a");
        await tell(change(1, 0, 1));
        await typeFor(1000);
        expect(cell(0, "quantity")).toHaveText("0");
        await typeFor(500);
        await animationFrame();
        expect(cell(0, "quantity")).toHaveText("1");
    });

    test("a failure does not stop what comes after it", async () => {
        await mountList();
        patchWithCleanup(console, {error: () => expect.step("reported")});
        const {flushSlice} = patcher;
        patcher.flushSlice = () => {
            patcher.flushSlice = flushSlice;
            throw new Error("ours");
        };
        await tell(change(1, 0, 1));
        await advanceTime(500);
        await tell(change(1, 1, 2));
        await animationFrame();
        expect(cell(0, "quantity")).toHaveText("2");
        expect.verifySteps(["reported"]);
    });
});
