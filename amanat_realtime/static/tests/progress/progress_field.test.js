// Promise: a form or list shows the progress of what runs about its records, live.
import {describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";
import {PROGRESS_MODEL} from "@amanat_realtime/progress/progress_service";
import {defineLiveModels, makeLive, Sheet} from "../realtime_test_helpers";
import {
    mockProgress,
    newWork,
    next,
    startBus,
    tellProgress,
} from "./progress_test_helpers";

class Progress extends models.Model {
    _name = PROGRESS_MODEL;
    name = fields.Char();
    _records = [
        {id: 5001, name: "Import"},
        {id: 5002, name: "Export"},
    ];
}

class Job extends models.Model {
    _name = "test.job";
    progress_id = fields.Many2one({relation: PROGRESS_MODEL});
    _records = [
        {id: 1, progress_id: 5001},
        {id: 2, progress_id: 5002},
        {id: 3, progress_id: false},
    ];
}

defineLiveModels();
defineModels([Progress, Job]);
describe.current.tags("desktop");

const BAR = ".o_amanat_record_progress progress";
const WIDGET = `<widget name="amanat_progress"/>`;
const FIELD = `<field name="progress_id" widget="amanat_progress"/>`;

test("the work of a many2one, asked for once for all rows", async () => {
    makeLive();
    const work = newWork({id: 5001, done: 5});
    mockProgress({current: () => [work]});
    await mountView({
        type: "list",
        resModel: "test.job",
        arch: `<list>${FIELD}</list>`,
    });
    await startBus();
    await animationFrame();
    expect.verifySteps([["current", [5001, 5002]]]);
    // The other one is none of this person's business.
    expect(BAR).toHaveCount(1);
    expect(BAR).toHaveAttribute("value", "5");
    await tellProgress(next(work, {done: 60}));
    expect(BAR).toHaveAttribute("value", "60");
});

test("what runs about a record", async () => {
    const record = {model: Sheet._name, id: 1};
    const work = newWork({record, done: 10});
    makeLive(["test.sheet"], {progress: [work]});
    mockProgress({});
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form><field name="name"/>${WIDGET}</form>`,
    });
    await startBus();
    expect(BAR).toHaveAttribute("value", "10");
    await tellProgress(newWork({record: {...record, id: 2}, done: 90}));
    expect(BAR).toHaveAttribute("value", "10");
    await tellProgress(next(work, {done: 20}));
    expect(BAR).toHaveAttribute("value", "20");
    expect.verifySteps([]);
});

test("the works themselves; others' ends are no news", async () => {
    makeLive();
    const state = "failed";
    mockProgress({current: () => [newWork({id: 5001, state, message: "No."})]});
    await mountView({
        type: "list",
        resModel: PROGRESS_MODEL,
        arch: `<list><field name="name"/>${WIDGET}</list>`,
    });
    await animationFrame();
    expect(`${BAR}`).toHaveCount(1);
    expect(".o_notification").toHaveCount(0);
    expect.verifySteps([["current", [5001, 5002]]]);
});
