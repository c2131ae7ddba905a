// Promise: a dashboard that is read as a whole follows its models, with few reads, and
// none while nobody sees it; a read that fails is made again.
import {describe, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {Component, xml} from "@odoo/owl";
import {ConnectionLostError} from "@web/core/network/rpc";
import {mountWithCleanup} from "@web/../tests/web_test_helpers";
import {MAX_WAIT, QUIET} from "@amanat_realtime/reports/pace";
import {useLiveRead} from "@amanat_realtime/reports/use_live_read";
import {
    defineLiveModels,
    makeLive,
    stopClock,
    subscribed,
    tell,
} from "../realtime_test_helpers";
import {mockVisibility} from "./reports_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

async function mountBoard(answers) {
    makeLive(["test.sheet", "test.partner"]);
    let reads = 0;
    class Board extends Component {
        static template = xml`
            <p class="board" t-att-data-stale="state.isStale" t-out="state.data"/>`;
        static props = ["*"];
        setup() {
            this.state = useLiveRead({
                resModels: ["test.sheet", "test.partner"],
                read: () => answers(++reads),
            });
        }
    }
    const board = await mountWithCleanup(Board);
    await subscribed();
    return {board, count: () => reads};
}

const pass = async (time) => {
    await advanceTime(time);
    await animationFrame();
};

test("it is read at once, and again when one of its models changes", async () => {
    await mountBoard(async (n) => `read ${n}`);
    expect(".board").toHaveText("read 1");
    await tell({create: [9]});
    await pass(MAX_WAIT);
    expect(".board").toHaveText("read 2");
    await tell({model: "test.partner", create: [9]});
    await pass(MAX_WAIT);
    expect(".board").toHaveText("read 3");
});

test("a burst of changes costs few reads", async () => {
    const {count} = await mountBoard(async (n) => n);
    const begin = Date.now();
    for (let i = 1; i <= 50; i++) {
        await tell({create: [i]});
        await advanceTime(20);
    }
    await pass(2 * QUIET);
    const seconds = (Date.now() - begin) / QUIET;
    expect(count()).toBeLessThan(seconds + 2);
    expect(count()).toBeGreaterThan(1);
});

test("a stream of changes that does not end is followed", async () => {
    const {count} = await mountBoard(async (n) => n);
    const before = count();
    for (let i = 1; i <= 10; i++) {
        await tell({create: [i]});
        await advanceTime(QUIET);
    }
    expect(count() - before).toBeGreaterThan(4);
});

test("what changes during a read is read afterwards", async () => {
    const slow = new Deferred();
    const {count} = await mountBoard(async (n) => {
        if (n === 2) {
            await slow;
        }
        return `read ${n}`;
    });
    await tell({create: [1]});
    await pass(MAX_WAIT);
    expect(count()).toBe(2);
    await tell({create: [2]});
    await pass(MAX_WAIT);
    expect(count()).toBe(2);
    slow.resolve();
    await animationFrame();
    await pass(MAX_WAIT);
    expect(".board").toHaveText("read 3");
});

test("a tab that nobody sees reads when it is seen", async () => {
    const {count} = await mountBoard(async (n) => n);
    const hide = mockVisibility();
    hide(true);
    await tell({create: [1]});
    await pass(MAX_WAIT);
    expect(count()).toBe(1);
    hide(false);
    await pass(0);
    expect(count()).toBe(2);
});

test("a read that fails leaves what is shown, says so, and is made again", async () => {
    const {count} = await mountBoard(async (n) => {
        if (n === 2) {
            throw new ConnectionLostError("/");
        }
        return `read ${n}`;
    });
    await tell({create: [1]});
    await pass(2 * QUIET);
    expect(count()).toBe(2);
    expect(".board").toHaveText("read 1");
    expect(".board").toHaveAttribute("data-stale");
    await pass(MAX_WAIT);
    expect(".board").toHaveText("read 3");
    expect(".board").not.toHaveAttribute("data-stale");
});

test("a board that is closed reads no more", async () => {
    stopClock();
    const {board, count} = await mountBoard(async (n) => n);
    await tell({create: [1]});
    board.__owl__.app.destroy();
    await pass(MAX_WAIT);
    expect(count()).toBe(1);
});
