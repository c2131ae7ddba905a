import {animationFrame} from "@odoo/hoot-mock";
import {expect} from "@odoo/hoot";
import {
    getService,
    makeMockEnv,
    MockServer,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {waitNotifications} from "@bus/../tests/bus_test_helpers";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {user} from "@web/core/user";
import {ProgressMenu} from "@amanat_realtime/progress/progress_menu";
import {
    PROGRESS_MODEL,
    PROGRESS_TYPE,
} from "@amanat_realtime/progress/progress_service";
import {connection, pass} from "../connection/connection_test_helpers";
import {makeLive} from "../realtime_test_helpers";

let serial = 0;

/** The end of a work is told once to a person: each test has works of its own. */
export function newWork(values = {}) {
    return {
        id: ++serial,
        n: 1,
        name: "Import",
        state: "running",
        done: 0,
        total: 100,
        message: "",
        counters: [],
        elapsed: 0,
        ago: 0,
        cancellable: true,
        cancelling: false,
        by: {id: user.userId, name: "Mitchell"},
        ...values,
    };
}

/** What comes next of a work. */
export const next = (work, values) => ({...work, n: work.n + 1, ...values});

export const counter = (label, count, skipped = false) => ({
    key: label,
    label,
    count,
    skipped,
});

export const progress = () => getService("amanat_realtime_progress");

/** The server's answers about works, by method; each call is a step. */
export function mockProgress(answers) {
    for (const name of ["cancel", "current"]) {
        onRpc(PROGRESS_MODEL, name, ({args}) => {
            expect.step([name, args[0].toSorted()]);
            return answers[name]?.(args[0]) ?? [];
        });
    }
}

/** Without all the time that timers of ours wait for. */
export async function startBus() {
    getService("bus_service").start();
    for (let turn = 0; turn < 10 && !connection().isUp; turn++) {
        await pass(50);
    }
    expect(connection().isUp).toBe(true);
}

/** Begin with the works that the page was loaded with. */
export async function startProgress(works = []) {
    makeLive(["test.sheet"], {progress: works});
    await makeMockEnv();
    await mountWithCleanup(MainComponentsContainer);
    await startBus();
}

export async function mountMenu(works = []) {
    await startProgress(works);
    await mountWithCleanup(ProgressMenu);
}

export async function tellProgress(...states) {
    for (const state of states) {
        MockServer.env["bus.bus"]._sendone("broadcast", PROGRESS_TYPE, state);
        await waitNotifications([PROGRESS_TYPE]);
    }
    await animationFrame();
    await animationFrame();
}
