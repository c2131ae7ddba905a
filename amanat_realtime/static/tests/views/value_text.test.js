// Promise: a value is told as a person would call it: names instead of ids, labels
// instead of keys, in the user's formats, and never as markup.
import {describe, expect, test} from "@odoo/hoot";
import {getService, makeMockEnv, mountView} from "@web/../tests/web_test_helpers";
import {markup} from "@odoo/owl";
import {parseServerValue} from "@web/model/relational_model/utils";
import {
    authorName,
    fieldLabel,
    plainText,
    valueText,
} from "@amanat_realtime/views/value_text";
import {defineLiveModels, makeLive, subscribed} from "../realtime_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const WHOLE = {maxLength: Infinity};
const fake = (field) => ({fields: {f: field}, data: {currency_id: false}});
const text = (field, value, options) => valueText(fake(field), "f", value, options);

test("labels of selections, names of records, yes and no", async () => {
    await makeMockEnv();
    const selection = {type: "selection", selection: [["draft", "Draft"]]};
    expect(text(selection, "draft")).toBe("Draft");
    expect(text(selection, "removed_key")).toBe("removed_key");
    expect(text({type: "many2one"}, {id: 3, display_name: "Azure"})).toBe("Azure");
    expect(text({type: "boolean"}, true)).toBe("Yes");
    expect(text({type: "boolean"}, false)).toBe("No");
    expect(text({type: "reference"}, {resId: 1, resModel: "a", displayName: "A"})).toBe(
        "A"
    );
});

test("numbers and dates in the formats of the user", async () => {
    await makeMockEnv();
    expect(text({type: "integer"}, 1234)).toBe("1,234");
    expect(text({type: "integer"}, 0)).toBe("0");
    expect(text({type: "float", digits: [16, 3]}, 1.5)).toBe("1.500");
    const date = {type: "date"};
    expect(text(date, parseServerValue(date, "2019-03-09"))).toBe("Mar 9");
});

test("what was typed and not understood yet is told as it was typed", async () => {
    await makeMockEnv();
    expect(text({type: "integer"}, "12a")).toBe("12a");
    expect(text({type: "many2one"}, "Azu")).toBe("Azu");
});

test("no value has a name, or none if the caller wants it so", async () => {
    await makeMockEnv();
    for (const type of ["char", "text", "html", "date", "many2one", "many2many"]) {
        expect(text({type}, false)).toBe("empty", {message: type});
    }
    expect(text({type: "char"}, false, {emptyText: ""})).toBe("");
    expect(text({type: "properties"}, [])).toBe("empty");
});

test("long texts are cut on one line, unless all of it is asked for", async () => {
    await makeMockEnv();
    const long = `${"é".repeat(50)}\n${"😀".repeat(50)}`;
    expect([...text({type: "text"}, long)]).toHaveLength(81);
    expect(text({type: "text"}, long)).toBe(`${"é".repeat(50)} ${"😀".repeat(29)}…`);
    expect(text({type: "text"}, long, {maxLength: 10})).toBe(`${"é".repeat(10)}…`);
    expect(text({type: "text"}, long, WHOLE)).toBe(long);
});

test("html is text, with the lines that a reader sees", async () => {
    await makeMockEnv();
    const html = markup(
        "<p>one<br>two &lt;b&gt;</p><ul><li>three</li><li>four</li></ul>"
    );
    expect(plainText(html)).toBe("one\ntwo <b>\n\n• three\n\n• four");
    expect(text({type: "html"}, html, WHOLE)).toBe(plainText(html));
    expect(text({type: "html"}, html)).toBe("one two <b> • three • four");
    expect(plainText("<img src=x onerror='window.hacked = true'>")).toBe("");
});

test("members of a relation: some names, and how many more", async () => {
    await makeMockEnv();
    const members = [1, 2, 3, 4, 5, 6, 7].map((id) => ({id, display_name: `n${id}`}));
    const field = {type: "many2many"};
    expect(text(field, members.slice(0, 2))).toBe("n1, n2");
    expect(text(field, members)).toBe("n1, n2, n3, n4, n5, +2");
    expect(text(field, members, WHOLE)).toBe("n1, n2, n3, n4, n5, n6, n7");
    expect(text(field, [{id: 8}])).toBe("#8");
});

test("the list of a record is named by its records", async () => {
    makeLive();
    await mountView({
        type: "form",
        resModel: "test.sheet",
        resId: 1,
        arch: `<form>
            <field name="partner_ids" widget="many2many_tags"/>
            <field name="line_ids"><list limit="1"><field name="name"/></list></field>
        </form>`,
    });
    await subscribed();
    const [{model}] = getService("amanat_realtime").patchers.values();
    const {data} = model.root;
    expect(valueText(model.root, "partner_ids", data.partner_ids)).toBe(
        "Azure, Gemini"
    );
    expect(valueText(model.root, "line_ids", data.line_ids)).toBe("paper, +1");
});

test("properties are told by their names", async () => {
    await makeMockEnv();
    const properties = [
        {name: "a", string: "Size", type: "integer", value: 3},
        {name: "b", string: "Fragile", type: "boolean", value: false},
        {name: "c", string: "Nothing", type: "char", value: false},
        {
            name: "d",
            string: "Kind",
            type: "selection",
            value: "x",
            selection: [["x", "X!"]],
        },
        {
            name: "e",
            string: "Tags",
            type: "tags",
            value: ["t"],
            tags: [["t", "Tag", 1]],
        },
        {name: "f", string: "Who", type: "many2one", value: [4, "Ann"]},
        {name: "g", string: "Part", type: "separator"},
    ];
    const lines = ["Size: 3", "Fragile: No", "Kind: X!", "Tags: Tag", "Who: Ann"];
    expect(text({type: "properties"}, properties)).toBe(lines.join(", "));
    expect(text({type: "properties"}, properties, WHOLE)).toBe(lines.join("\n"));
});

test("formats of the widget are kept: times, and what is not to be read", async () => {
    await makeMockEnv();
    const time = {widget: "float_time", options: {}, attrs: {}};
    expect(text({type: "float"}, 1.5, {fieldInfo: time})).toBe("01:30");
    const password = {options: {}, attrs: {password: "True"}};
    expect(text({type: "char"}, "secret", {fieldInfo: password})).toBe("******");
});

test("authors and fields have a name in any case", async () => {
    await makeMockEnv();
    expect(authorName({id: 7, name: "John"})).toBe("John");
    expect(authorName(undefined)).toBe("somebody else");
    expect(fieldLabel(fake({type: "char", string: "Title"}), "f")).toBe("Title");
    expect(fieldLabel(fake({type: "char"}), "f")).toBe("f");
});
