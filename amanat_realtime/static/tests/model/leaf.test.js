// Promise: a condition is judged in the browser only where the answer is the server's,
// with its idea of what is empty; everything else is left to the server.
import {describe, expect, test} from "@odoo/hoot";
import {deserializeDate} from "@web/core/l10n/dates";
import {compareStrictly, leafHolds} from "@amanat_realtime/model/leaf";

describe.current.tags("headless");

const NULL = false;
const azure = {id: 5, display_name: "Azure"};

/** [type of field, operator, value of the condition, value of the record, holds] */
const CASES = [
    ["integer", "=", 3, 3, true],
    ["integer", "=", 3, 4, false],
    ["integer", "=", false, 0, true],
    ["integer", "=", 0, NULL, true],
    ["integer", "!=", false, 0, false],
    ["integer", "!=", 3, NULL, true],
    ["integer", "in", [1, false], 0, true],
    ["integer", "not in", [1, 2], 0, true],
    ["integer", "<", 5, NULL, true],
    ["integer", "<", 5, 5, false],
    ["integer", "<=", 5, 5, true],
    ["integer", ">", -1, 0, true],
    ["integer", ">=", 1, 0, false],
    ["integer", "=", "3", 3, undefined],
    ["integer", "<", false, 3, undefined],
    ["float", "=", 1.5, 1.5, true],
    ["float", "=", 1.5, 2, false],
    ["float", "=", 1.5, 1.5000001, undefined],
    ["float", "<", 1.5, 1.5, undefined],
    ["monetary", ">", 1.5, 1.6, true],
    ["boolean", "=", true, true, true],
    ["boolean", "!=", true, NULL, true],
    ["boolean", "=", 1, true, undefined],
    ["selection", "=", "draft", "draft", true],
    ["selection", "=", false, NULL, true],
    ["selection", "!=", "draft", NULL, true],
    ["selection", "not in", ["draft", false], NULL, false],
    ["selection", "in", ["draft", "done"], "done", true],
    ["selection", "<", "draft", "done", undefined],
    ["char", "=", "Ab", "ab", false],
    ["char", "=", false, "", true],
    ["char", "!=", "", NULL, false],
    ["char", "ilike", "a", "a", undefined],
    ["char", "=", 3, "3", undefined],
    ["many2one", "=", 5, azure, true],
    ["many2one", "!=", 5, NULL, true],
    ["many2one", "=", false, NULL, true],
    ["many2one", "in", [5, 6], azure, true],
    ["many2one", "in", [], azure, false],
    ["many2one", "not in", [], azure, true],
    ["many2one", "=", "Azure", azure, undefined],
    ["many2one", "in", ["Azure"], azure, undefined],
    ["many2one", "child_of", 5, azure, undefined],
    ["many2one", "any", [["name", "=", "Azure"]], azure, undefined],
    ["date", "<", "2026-02-01", "2026-01-31", true],
    ["date", ">=", "2026-02-01", NULL, false],
    ["date", "<=", "2026-02-01", NULL, false],
    ["date", "!=", "2026-02-01", NULL, true],
    ["date", "=", false, NULL, true],
    ["date", ">", "today", "2026-01-31", undefined],
    ["date", ">", "2026-01-31 10:00:00", "2026-02-01", undefined],
    ["datetime", "<=", "2026-02-01 10:00:00", "2026-02-01 10:00:00", true],
    ["datetime", ">", "2026-02-01 10:00:00", "2026-02-01 10:00:00", false],
    ["datetime", "=", "2026-02-01 10:00:00", "2026-02-01 10:00:00", true],
    ["datetime", ">", "2026-02-01", "2026-02-02 10:00:00", undefined],
    ["datetime", "<", "2026-02-01 10:00:00", NULL, false],
    ["html", "=", "a", "a", undefined],
    ["many2many", "in", [1], [1], undefined],
    ["integer", "=?", 3, 3, undefined],
    ["integer", "=", [3], 3, undefined],
    ["integer", "in", 3, 3, undefined],
];

for (const [type, operator, wanted, value, holds] of CASES) {
    const [a, b] = [wanted, value].map((one) => JSON.stringify(one));
    const verdict = holds === undefined ? "is for the server to say" : String(holds);
    test(`${type}: ${b} ${operator} ${a} ${verdict}`, () => {
        const field = {type, selection: [["draft", "Draft"]]};
        expect(leafHolds(field, ["field", operator, wanted], value)).toBe(holds);
    });
}

test("a translated text depends on the language", () => {
    const field = {type: "char", translate: true};
    expect(leafHolds(field, ["name", "=", "a"], "a")).toBe(undefined);
});

test("numbers and dates have an order", () => {
    const [early, late] = ["2026-01-31", "2026-02-01"].map(deserializeDate);
    expect(compareStrictly({type: "integer"}, 1, 2)).toBe(-1);
    expect(compareStrictly({type: "float"}, 2.5, 1)).toBe(1);
    expect(compareStrictly({type: "date"}, early, late)).toBe(-1);
});

test("ties, what may be NULL, and texts have none here", () => {
    const date = deserializeDate("2026-01-31");
    expect(compareStrictly({type: "integer"}, 1, 1)).toBe(undefined);
    expect(compareStrictly({type: "integer"}, 0, 1)).toBe(undefined);
    expect(compareStrictly({type: "float"}, 1, 1.00000001)).toBe(undefined);
    expect(compareStrictly({type: "date"}, date, false)).toBe(undefined);
    expect(compareStrictly({type: "char"}, "a", "b")).toBe(undefined);
    expect(compareStrictly({type: "boolean"}, false, true)).toBe(undefined);
});
