// Promise: a page and a form say who else is there and what they do, each person once,
// and only while it is so.
import {describe, expect, test} from "@odoo/hoot";
import {queryAllAttributes, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, Deferred} from "@odoo/hoot-mock";
import {contains, MockServer, mountView} from "@web/../tests/web_test_helpers";
import {user} from "@web/core/user";
import {WEBSOCKET_CLOSE_CODES} from "@bus/workers/websocket_worker";
import {defineLiveModels, JOHN, subscribed, tell} from "../realtime_test_helpers";
import {
    at,
    connected,
    drawn,
    IVAN,
    makePresent,
    MARIA,
    MODEL,
    personAt,
    PETR,
    reported,
    tellPresence,
} from "./presence_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const mountList = () =>
    mountView({
        type: "list",
        resModel: MODEL,
        arch: `<list><field name="name"/></list>`,
    });
const mountForm = () =>
    mountView({
        type: "form",
        resModel: MODEL,
        resId: 1,
        arch: `<form><field name="name"/><field name="quantity"/></form>`,
    });
const PERSON = ".o_amanat_presence_person";
const names = () => queryAllAttributes(`${PERSON} img`, "alt");
const titles = () => queryAllAttributes(PERSON, "title");
const states = () => queryAllAttributes(PERSON, "data-amanat-state");

test("joining shows everyone on the page at once, with what they do", async () => {
    const server = makePresent();
    server.present = [
        personAt(PETR, [at("viewing", {id: 1})]),
        personAt(IVAN, [at("viewing")]),
        personAt(MARIA, [
            at("viewing"),
            at("editing", {id: 2, field: "name", typing: true}),
        ]),
    ];
    await mountList();
    expect(PERSON).toHaveCount(0);
    await connected();
    // Petr has left the page for a record.
    expect(names()).toEqual(["Ivan", "Maria"]);
    expect(titles()).toEqual(["Ivan is here", "Maria is editing Name of second"]);
    expect(".o_amanat_presence [role=list]").toHaveAttribute(
        "aria-label",
        "On this page: Ivan, Maria (2)"
    );
});

for (const [type, arch] of [
    [
        "kanban",
        `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`,
    ],
    ["graph", `<graph><field name="state"/></graph>`],
    ["pivot", `<pivot><field name="state" type="row"/></pivot>`],
    ["calendar", `<calendar date_start="start"><field name="name"/></calendar>`],
]) {
    test(`a ${type} shows who is there`, async () => {
        const {reports} = makePresent();
        await mountView({type, resModel: MODEL, arch});
        await connected();
        expect(reports.at(-1)).toEqual([at("viewing")]);
        await tellPresence(IVAN, [at("viewing")]);
        expect(names()).toEqual(["Ivan"]);
    });
}

test("several tabs of a person count once, the own ones not at all", async () => {
    makePresent();
    await mountList();
    await connected();
    await tellPresence(IVAN, [at("viewing")], {tab: "a"});
    await tellPresence(IVAN, [at("editing", {id: 1, field: "name"})], {tab: "b"});
    await tellPresence({id: user.userId, name: "me"}, [at("viewing")], {tab: "c"});
    expect(titles()).toEqual(["Ivan is editing Name of first"]);
    await tellPresence(IVAN, [], {tab: "b"});
    expect(titles()).toEqual(["Ivan is here"]);
    await tellPresence(IVAN, [], {tab: "a"});
    expect(PERSON).toHaveCount(0);
});

test("more than four are a number, and a menu tells all of them", async () => {
    const server = makePresent();
    server.present = ["A", "B", "C", "D", "E", "F"].map((name, index) =>
        personAt({id: 30 + index, name}, [at(index ? "viewing" : "idle")])
    );
    await mountList();
    await connected();
    expect(names()).toEqual(["A", "B", "C", "D"]);
    expect(states()[0]).toBe("idle");
    expect(".o_amanat_presence_more").toHaveText("+2");
    await contains(".o_amanat_presence_more").click();
    expect(queryAllTexts(".o_amanat_presence_entry strong")).toEqual([
        "A",
        "B",
        "C",
        "D",
        "E",
        "F",
    ]);
    expect(".o_amanat_presence_entry:eq(0)").toHaveText(/is looking at something else/);
});

test("the last that was said counts, whenever it arrives", async () => {
    makePresent();
    await mountList();
    await connected();
    const later = {at: "2026-11-25T12:00:01Z"};
    const earlier = {at: "2026-11-25T12:00:00Z"};
    await tellPresence(IVAN, [], later);
    await tellPresence(IVAN, [at("viewing")], earlier);
    expect(PERSON).toHaveCount(0);
});

test("who is not heard of for 30 s is not there any more", async () => {
    const server = makePresent();
    await mountList();
    await connected();
    await tellPresence(IVAN, [at("viewing")]);
    // Without answers nobody says that Ivan is still there.
    server.answer = () => new Deferred();
    await advanceTime(29_000);
    await drawn();
    expect(names()).toEqual(["Ivan"]);
    await advanceTime(1500);
    await drawn();
    expect(PERSON).toHaveCount(0);
});

test("people in another room are elsewhere; what cannot be read is nothing", async () => {
    makePresent();
    await mountView({
        type: "list",
        resModel: MODEL,
        arch: `<list><field name="name"/></list>`,
        context: {amanat_realtime_room: "2026-11"},
    });
    await subscribed(`amanat_realtime:${MODEL}:2026-11`);
    await reported();
    const channel = `amanat_realtime:${MODEL}:2026-11`;
    await tellPresence(IVAN, [at("viewing")], {room: "2026-11", channel});
    await tellPresence(PETR, [at("viewing")], {room: "2026-12", channel});
    await tellPresence(MARIA, [at("viewing")], {channel});
    await tellPresence(JOHN, [at("viewing")], {room: "2026-11", user: null, channel});
    expect(names()).toEqual(["Ivan"]);
});

test("a heartbeat repairs what a lost message broke", async () => {
    const server = makePresent();
    server.present = [personAt(IVAN, [at("viewing")])];
    await mountList();
    await connected();
    expect(names()).toEqual(["Ivan"]);
    server.present = [personAt(PETR, [at("viewing")])];
    await advanceTime(10_000);
    await drawn();
    expect(names()).toEqual(["Petr"]);
});

test("an answer does not undo what a message told meanwhile", async () => {
    const server = makePresent();
    let answer = null;
    server.answer = () => new Promise((resolve) => (answer = resolve));
    await mountList();
    await connected();
    await advanceTime(10);
    await tellPresence(IVAN, [at("viewing")]);
    answer({ttl: 30, present: []});
    await drawn();
    expect(names()).toEqual(["Ivan"]);
});

test("a lost connection that is back asks at once", async () => {
    const {reports} = makePresent();
    await mountList();
    await connected();
    reports.length = 0;
    while (!reports.length) {
        await advanceTime(500);
    }
    // The next heartbeat is ten seconds away.
    reports.length = 0;
    MockServer.env["bus.bus"]._simulateDisconnection(
        WEBSOCKET_CLOSE_CODES.ABNORMAL_CLOSURE
    );
    for (let i = 0; i < 8; i++) {
        await advanceTime(1000);
        await drawn();
    }
    expect(reports).toEqual([[at("viewing")]]);
});

test("switched off meanwhile: nobody is shown, and nobody asks again and again", async () => {
    const server = makePresent();
    server.present = [personAt(IVAN, [at("viewing")])];
    await mountList();
    await connected();
    server.answer = {ttl: 30, present: [], disabled: true};
    await advanceTime(10_000);
    await drawn();
    expect(PERSON).toHaveCount(0);
    server.reports.length = 0;
    await advanceTime(60_000);
    expect(server.reports).toHaveLength(0);
});

test("a hidden person reports and sees others as ever", async () => {
    const server = makePresent({hidden: true});
    server.present = [personAt(IVAN, [at("viewing")])];
    await mountList();
    await connected();
    expect(server.reports.at(-1)).toEqual([at("viewing")]);
    expect(names()).toEqual(["Ivan"]);
});

test("comings and goings are read out once, and not at once", async () => {
    makePresent();
    await mountList();
    await connected();
    await advanceTime(2500);
    await tellPresence(IVAN, [at("viewing")]);
    await tellPresence(PETR, [at("viewing")]);
    const status = ".o_amanat_presence [role=status]";
    expect(status).toHaveText("");
    await advanceTime(2500);
    await drawn();
    expect(status).toHaveText("Ivan, Petr joined");
    await tellPresence(PETR, []);
    await advanceTime(2500);
    await drawn();
    expect(status).toHaveText("Petr left");
});

test("a form shows who has the same record open, and in which state", async () => {
    makePresent();
    await mountForm();
    await connected();
    await tellPresence(IVAN, [at("viewing", {id: 1})]);
    await tellPresence(MARIA, [at("editing", {id: 1, field: "quantity"})]);
    await tellPresence(PETR, [at("editing", {id: 2})]);
    expect(names()).toEqual(["Ivan", "Maria"]);
    expect(states()).toEqual(["viewing", "editing"]);
    expect(titles()).toEqual(["Ivan has it open", "Maria is editing Quantity"]);
});

test("who saves the open record is shown for five seconds", async () => {
    makePresent();
    await mountForm();
    await connected();
    await tellPresence(JOHN, [at("viewing", {id: 1})]);
    await tell({update: [{ids: [1], diff: {name: ["first", "new"]}}]});
    expect(states()).toEqual(["saved"]);
    expect(titles()).toEqual(["John has just saved it: your copy was updated"]);
    await advanceTime(5100);
    await drawn();
    expect(states()).toEqual(["viewing"]);
    await tell({update: [{ids: [2], diff: {name: ["second", "new"]}}]});
    expect(states()).toEqual(["viewing"]);
});
