// Promise: an open calendar shows what others save, in the range, scale and filters that
// the person has chosen, and takes nothing out of their hands: no event that they drag,
// no popover, no days that they are picking.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    pointerDown,
    pointerUp,
    queryAll,
    queryAllTexts,
    queryOne,
} from "@odoo/hoot-dom";
import {
    advanceTime,
    animationFrame,
    Deferred,
    mockDate,
    mockMatchMedia,
} from "@odoo/hoot-mock";
import {
    contains,
    onRpc,
    patchWithCleanup,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import {
    changeScale,
    clickEvent,
    moveEventToDate,
    navigate,
    toggleFilter,
} from "@web/../tests/views/calendar/calendar_test_helpers";
import {CalendarModel} from "@web/views/calendar/calendar_model";
import {authorHue} from "@amanat_realtime/core/author_color";
import {FIRST_DELAY, JITTER} from "@amanat_realtime/reports/pace";
import {
    defineLiveModels,
    JOHN,
    makeLive,
    Sheet,
    stepCalls,
    stopClock,
    tell,
} from "../realtime_test_helpers";
import {db, mountReport, save, settleReport} from "./reports_test_helpers";

defineLiveModels();
describe.current.tags("desktop");
preloadBundle("web.fullcalendar_lib");
beforeEach(() => {
    makeLive();
    mockDate("2026-11-16 08:00:00");
    Sheet._records = Sheet._records.map((record, i) => ({
        ...record,
        date: `2026-11-1${6 + i}`,
    }));
});

const ARCH = `
    <calendar date_start="date" mode="month" color="partner_id">
        <field name="state"/>
        <field name="partner_id" filters="1"/>
    </calendar>`;

const mountCalendar = (arch = ARCH, params = {}) =>
    mountReport("calendar", arch, params);

const eventsOn = (date) =>
    queryAllTexts(`.fc-day[data-date="${date}"] .fc-event:not(.fc-event-mirror)`);
const event = (id) => queryOne(`.fc-event[data-event-id="${id}"]`);

test("events change, come, move and go, with one silent read each", async () => {
    await mountCalendar();
    stepCalls();
    await save(1, {name: "remote"});
    await settleReport();
    expect(eventsOn("2026-11-16")).toEqual(["remote"]);
    await save(1, {date: "2026-11-20"});
    await settleReport();
    expect(eventsOn("2026-11-16")).toEqual([]);
    expect(eventsOn("2026-11-20")).toEqual(["remote"]);
    const [id] = db().create([{name: "new", date: "2026-11-20"}]);
    await tell({create: [id]});
    await settleReport();
    expect(eventsOn("2026-11-20")).toEqual(["new", "remote"]);
    db().unlink([1]);
    await tell({unlink: [1]});
    await settleReport();
    expect(eventsOn("2026-11-20")).toEqual(["new"]);
    expect.verifySteps(Array(4).fill("search_read"));
});

test("what is said of an event out of sight costs no read, unless it moves", async () => {
    await mountCalendar();
    const [id] = db().create([{name: "far", date: "2027-06-01"}]);
    await tell({create: [id]});
    await settleReport();
    stepCalls();
    await save(id, {name: "still far", note: "x"});
    await settleReport();
    expect.verifySteps([]);
    await save(id, {date: "2026-11-10"});
    await settleReport();
    expect(eventsOn("2026-11-10")).toEqual(["still far"]);
    expect.verifySteps(["search_read"]);
});

test("range, scale and filters stay", async () => {
    await mountCalendar();
    await changeScale("week");
    await navigate("next");
    await navigate("prev");
    await toggleFilter("partner_id", 2);
    await settleReport();
    expect(queryAll(".fc-event")).toHaveLength(2);
    await save(1, {name: "remote"});
    await settleReport();
    expect(".fc-timeGridWeek-view").toHaveCount(1);
    expect(queryAllTexts(".fc-event")).toEqual(["remote", "third"]);
    expect(
        ".o_calendar_filter_item[data-value='2'] input[type=checkbox]"
    ).not.toBeChecked();
});

test("an open popover stays and is live; the rest is drawn when it is closed", async () => {
    await mountCalendar();
    await clickEvent(2);
    expect(".o_cw_popover").toHaveCount(1);
    const element = event(2);
    stepCalls();
    await save(1, {date: "2026-11-17"});
    await save(2, {state: "blocked", date: "2026-11-25"});
    await settleReport();
    expect(".o_cw_popover").toHaveCount(1);
    expect(".o_cw_popover [name=state]").toHaveText("Blocked");
    expect(element.isConnected).toBe(true);
    // The popover's own record, which is live as any other.
    expect.verifySteps(["web_search_read"]);
    await contains(".o_cw_popover_close").click();
    await settleReport();
    expect(eventsOn("2026-11-17")).toEqual(["first"]);
    expect(eventsOn("2026-11-25")).toEqual(["second"]);
    expect.verifySteps(["search_read"]);
});

test("a click on an event opens it, whatever is told in the same moment", async () => {
    await mountCalendar();
    await save(1, {name: "remote"});
    await advanceTime(FIRST_DELAY + JITTER - 50);
    await clickEvent(2);
    expect(".o_cw_popover").toHaveCount(1);
});

test("nothing is drawn between a click and what it opens", async () => {
    stopClock();
    patchWithCleanup(Math, {random: () => 0});
    await mountCalendar();
    const element = event(2);
    await save(1, {name: "remote"});
    // there is no frame in this time in which the popover could come
    await clickEvent(2);
    await animationFrame();
    expect(".o_cw_popover").toHaveCount(1);
    expect(element.isConnected).toBe(true);
});

test("nothing is drawn while the button of the mouse is down", async () => {
    await mountCalendar();
    stepCalls();
    await pointerDown(event(1));
    await save(2, {name: "remote"});
    await settleReport();
    expect(eventsOn("2026-11-17")).toEqual(["second"]);
    expect.verifySteps([]);
    await pointerUp(event(1));
    await settleReport();
    expect(eventsOn("2026-11-17")).toEqual(["remote"]);
    expect.verifySteps(["search_read"]);
});

test("an event that was dropped stays where it was dropped until it is saved", async () => {
    const answer = new Deferred();
    onRpc("test.sheet", "write", async () => {
        await answer;
    });
    await mountCalendar();
    await moveEventToDate(1, "2026-11-23");
    expect(eventsOn("2026-11-23")).toEqual(["first"]);
    await save(2, {name: "remote"});
    await settleReport();
    expect(eventsOn("2026-11-23")).toEqual(["first"]);
    answer.resolve();
    await settleReport();
    await settleReport();
    expect(eventsOn("2026-11-23")).toEqual(["first"]);
    expect(eventsOn("2026-11-17")).toEqual(["remote"]);
});

test("days that are being picked stay picked", async () => {
    await mountCalendar(
        ARCH.replace("<calendar", `<calendar multi_create_view="some_view"`)
    );
    await contains(`.fc-day[data-date="2026-11-20"]`).click();
    expect(".o-highlight").toHaveCount(1);
    stepCalls();
    await save(2, {name: "remote"});
    await settleReport();
    expect(".o-highlight").toHaveCount(1);
    expect.verifySteps([]);
    await contains(".o_unselect_all").click();
    await settleReport();
    expect(eventsOn("2026-11-17")).toEqual(["remote"]);
    expect.verifySteps(["search_read"]);
});

test("a calendar that looks the same is not drawn", async () => {
    let draws = 0;
    patchWithCleanup(CalendarModel.prototype, {
        notify() {
            draws++;
            return super.notify();
        },
    });
    await mountCalendar();
    const drawn = draws;
    stepCalls();
    await save(1, {note: "not shown"});
    await settleReport();
    expect.verifySteps(["search_read"]);
    expect(draws).toBe(drawn);
});

test("events that changed are marked in the author's colour", async () => {
    mockMatchMedia({"prefers-reduced-motion": "no-preference"});
    await mountCalendar();
    await save(1, {name: "remote"});
    await settleReport();
    await animationFrame();
    expect(queryAllTexts('[data-amanat-flash="cell"]')).toEqual(["remote"]);
    expect(event(1)).toHaveStyle({"--amanat-author-hue": String(authorHue(JOHN.id))});
});
