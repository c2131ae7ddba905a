// Promise: a comparison loses nothing of either text, and where the library cannot be
// loaded the caller learns so instead of getting an error.
import {after, beforeEach, expect, test} from "@odoo/hoot";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {forgetReports} from "@amanat_realtime/core/log";
import {diffLibrary, diffSegments, isLong} from "@amanat_realtime/conflict/text_diff";

// Hoot formats the failures of other tests with the library, wrongly if it is there
// without the user interface of Hoot.
beforeEach(() => {
    const wasThere = "DiffMatchPatch" in window.top;
    after(() => wasThere || delete window.top.DiffMatchPatch);
});

const joined = (segments, ...kinds) =>
    segments
        .filter(({kind}) => kinds.includes(kind))
        .map(({text}) => text)
        .join("");

test("both texts can be put together from the segments", async () => {
    const mine = "We ordered <b>paper</b> and toner.\nThe invoice comes.";
    const theirs = "We ordered paper, toner and pens.\nThe invoice is here 😀.";
    const segments = await diffSegments(mine, theirs);
    expect(joined(segments, "same", "mine")).toBe(mine);
    expect(joined(segments, "same", "theirs")).toBe(theirs);
    expect(joined(segments, "same")).toMatch(/We ordered /);
});

test("whole words are compared rather than letters", async () => {
    expect(await diffSegments("the second line", "the third line")).toEqual([
        {kind: "same", text: "the "},
        {kind: "mine", text: "second"},
        {kind: "theirs", text: "third"},
        {kind: "same", text: " line"},
    ]);
});

test("very many different words are not compared, rather than wrongly", async () => {
    const words = [...Array(0xf000).keys()].map((i) => `w${i}`).join(" ");
    expect(await diffSegments(words, "short")).toBe(null);
    const fewer = [...Array(0xe000).keys()].map((i) => `w${i}`).join(" ");
    const segments = await diffSegments(`${fewer} end`, `${fewer} stop`);
    expect(joined(segments, "same", "theirs") === `${fewer} stop`).toBe(true);
});

test("without the library there is no comparison, and no error", async () => {
    forgetReports();
    patchWithCleanup(console, {warn: (message) => expect.step(message)});
    patchWithCleanup(diffLibrary, {load: () => Promise.reject(new Error("offline"))});
    expect(await diffSegments("a", "b")).toBe(null);
    expect.verifySteps(["[amanat_realtime] could not compare texts"]);
    forgetReports();
});

test("texts of several lines or more than 80 characters are long", () => {
    expect(isLong("a".repeat(80))).toBe(false);
    expect(isLong("a".repeat(81))).toBe(true);
    expect(isLong("a\nb")).toBe(true);
});
