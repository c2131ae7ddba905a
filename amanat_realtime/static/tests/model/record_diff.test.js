// Promise: a remote change is applied only on the value it was made from, whatever the
// type of the field; anything else is looked up, never guessed.
import {describe, expect, test} from "@odoo/hoot";
import {deserializeDate, deserializeDateTime} from "@web/core/l10n/dates";
import {
    canonical,
    resolve,
    sameValue,
    showsValue,
} from "@amanat_realtime/model/record_diff";

describe.current.tags("headless");

const char = {type: "char"};
const m2o = {type: "many2one"};

test("old, new and neither", () => {
    expect(resolve(char, "a", [["a", "b"]])).toEqual({kind: "next", value: "b"});
    expect(resolve(char, "b", [["a", "b"]])).toEqual({kind: "same"});
    expect(resolve(char, "c", [["a", "b"]])).toEqual({kind: "unknown"});
});

test("chains of changes", () => {
    const chain = [
        ["a", "b"],
        ["b", "c"],
        ["c", "d"],
    ];
    expect(resolve(char, "a", chain)).toEqual({kind: "next", value: "d"});
    expect(resolve(char, "c", chain)).toEqual({kind: "next", value: "d"});
    expect(resolve(char, "d", chain)).toEqual({kind: "same"});
    expect(resolve(char, "x", chain)).toEqual({kind: "unknown"});
    expect(
        resolve(char, "a", [
            ["a", "b"],
            ["c", "d"],
        ])
    ).toEqual({kind: "unknown"});
    expect(
        resolve(char, "a", [
            ["a", "b"],
            ["b", "a"],
        ])
    ).toEqual({kind: "same"});
});

test("falsy texts are one value", () => {
    expect(resolve(char, "", [[false, "x"]])).toEqual({kind: "next", value: "x"});
    expect(resolve({type: "text"}, "x", [["x", false]])).toEqual({
        kind: "next",
        value: false,
    });
    expect(sameValue({type: "html"}, false, "")).toBe(true);
});

test("relations compare by id", () => {
    const azure = {id: 1, display_name: "Azure"};
    expect(resolve(m2o, {id: 1, display_name: "old name"}, [[azure, false]]).kind).toBe(
        "next"
    );
    expect(resolve(m2o, false, [[azure, false]]).kind).toBe("same");
    expect(canonical(m2o, [4, "x"])).toBe(4);
    const reference = {type: "reference"};
    const raw = {id: {id: 2, model: "m"}, display_name: "x"};
    expect(resolve(reference, {resId: 2, resModel: "m"}, [[raw, false]]).kind).toBe(
        "next"
    );
    expect(resolve({type: "many2one_reference"}, {resId: 2}, [[2, 0]]).kind).toBe(
        "next"
    );
    // Values just read are compared with their name.
    expect(showsValue(m2o, {id: 1, display_name: "old name"}, azure)).toBe(false);
    expect(showsValue(m2o, {...azure}, azure)).toBe(true);
});

test("numbers within the digits of the field", () => {
    const float = {type: "float", digits: [16, 2]};
    expect(sameValue(float, 0.1 + 0.2, 0.3)).toBe(true);
    expect(sameValue(float, 1.0, 1.01)).toBe(false);
    expect(sameValue({type: "monetary"}, 0.1 + 0.2, 0.3)).toBe(true);
    expect(sameValue({type: "integer"}, 0, false)).toBe(true);
});

test("dates compare as the server writes them", () => {
    const date = {type: "date"};
    const day = deserializeDate("2026-11-20");
    expect(resolve(date, day, [["2026-11-20", "2026-11-21"]]).kind).toBe("next");
    expect(resolve(date, false, [[false, "2026-11-21"]]).kind).toBe("next");
    const datetime = {type: "datetime"};
    const moment = deserializeDateTime("2026-11-20 10:00:00");
    expect(resolve(datetime, moment, [["2026-11-20 10:00:00", false]]).kind).toBe(
        "next"
    );
    expect(resolve(datetime, moment, [["2026-11-20 10:00:01", false]]).kind).toBe(
        "unknown"
    );
});

test("selection with a zero key and booleans", () => {
    const priority = {
        type: "selection",
        selection: [
            [0, "no"],
            [1, "yes"],
        ],
    };
    expect(resolve(priority, 0, [[false, 1]]).kind).toBe("next");
    expect(resolve({type: "boolean"}, true, [[true, false]]).kind).toBe("next");
});
