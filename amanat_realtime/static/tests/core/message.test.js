// Promise: only well-formed messages of a known version are believed; everything else
// is ignored, or taken as a hint to look again, and never breaks anything.
import {describe, expect, test} from "@odoo/hoot";
import {forOwnTab, MalformedMessage, readMessage} from "@amanat_realtime/core/message";

describe.current.tags("headless");

test("tombstones are empty", () => {
    expect(readMessage(null)).toBe(null);
    expect(readMessage(undefined)).toBe(null);
    expect(readMessage({})).toBe(null);
});

test("missing keys are filled in", () => {
    const message = readMessage({
        v: 1,
        model: "res.partner",
        update: [
            {ids: [7, 9], diff: {state: ["a", "b"]}},
            {ids: [3], stale: ["tag_ids"]},
        ],
        by: {id: 2, name: "Mitchell"},
        tab: "abc",
        at: "2026-11-20T10:11:12.123456Z",
    });
    expect(message).toEqual({
        model: "res.partner",
        room: undefined,
        update: [
            {ids: [7, 9], diff: {state: ["a", "b"]}, stale: []},
            {ids: [3], diff: {}, stale: ["tag_ids"]},
        ],
        create: [],
        unlink: [],
        enter: [],
        leave: [],
        refresh: false,
        by: {id: 2, name: "Mitchell"},
        tab: "abc",
        at: Date.UTC(2026, 10, 20, 10, 11, 12, 123),
    });
});

test("malformed messages are refused", () => {
    for (const payload of [
        [],
        "text",
        42,
        {model: "m"},
        {v: "1", model: "m"},
        {v: 0, model: "m"},
        {v: 1},
        {v: 1, model: 3},
        {v: 1, model: "m", room: 4},
        {v: 1, model: "m", create: 5},
        {v: 1, model: "m", unlink: ["x"]},
        {v: 1, model: "m", enter: [0]},
        {v: 1, model: "m", update: {}},
        {v: 1, model: "m", update: [null]},
        {v: 1, model: "m", update: [{ids: [1], diff: []}]},
        {v: 1, model: "m", update: [{ids: [1], diff: {f: 1}}]},
        {v: 1, model: "m", update: [{ids: [1], diff: {f: [1]}}]},
        {v: 1, model: "m", update: [{ids: [1], stale: "f"}]},
    ]) {
        expect(() => readMessage(payload)).toThrow(MalformedMessage);
    }
});

test("an unknown author or date is nobody and never", () => {
    const {by, at} = readMessage({v: 1, model: "m", by: "x", at: "yesterday"});
    expect(by).toBe(undefined);
    expect(at).toBe(null);
});

test("a newer version is a hint to read again", () => {
    const message = readMessage({v: 2, model: "m", update: "something else"});
    expect(message.refresh).toBe(true);
    expect(message.update).toEqual([]);
});

test("the own tab only learns what it may see now", () => {
    const payload = {v: 1, model: "m", create: [1], unlink: [2], update: [{ids: [3]}]};
    expect(forOwnTab(readMessage(payload))).toBe(null);
    const message = forOwnTab(readMessage({...payload, enter: [4], leave: [5]}));
    expect([message.create, message.unlink, message.update]).toEqual([[], [], []]);
    expect([message.enter, message.leave]).toEqual([[4], [5]]);
});
