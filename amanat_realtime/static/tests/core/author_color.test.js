// Promise: a person has the same colour for everybody, and neighbours differ clearly.
import {after, describe, expect, test} from "@odoo/hoot";
import {authorHue, setAuthorColor} from "@amanat_realtime/core/author_color";

describe.current.tags("headless");

test("deterministic, and far apart for neighbouring ids", () => {
    const distance = (a, b) => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));
    for (let id = 1; id < 200; id++) {
        expect(authorHue(id)).toBe(authorHue(id));
        expect(authorHue(id)).toBeWithin(0, 360);
        expect(distance(authorHue(id), authorHue(id + 1))).toBeGreaterThan(100);
    }
});

test("nobody has no hue", () => {
    expect(authorHue()).toBe(null);
    expect(authorHue(0)).toBe(null);
    const el = document.createElement("div");
    document.body.append(el);
    after(() => el.remove());
    const hue = () => getComputedStyle(el).getPropertyValue("--amanat-author-hue");
    setAuthorColor(el, {id: 3});
    expect(hue()).toBe(String(authorHue(3)));
    setAuthorColor(el);
    expect(hue()).toBe("");
});
