// Promise: whatever enters, leaves, stays or moves, one record or several, a list shows
// the rows, the order, the page and the count that a fresh load would show, with one
// silent read at most, and with none where the message says enough.
import {describe, expect, test} from "@odoo/hoot";
import {queryText} from "@odoo/hoot-dom";
import {contains} from "@web/../tests/web_test_helpers";
import {settle} from "../realtime_test_helpers";
import {
    colleague,
    defineTaskModels,
    mountTasks,
    rowNames,
    tasks,
    tellTasks,
} from "./task_test_helpers";

const {write, create, unlink, hide, show} = colleague;

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8];
const RECORDS = [
    ...NUMBERS.map((n) => ({
        id: n,
        name: `task ${n}`,
        sequence: 10 * n,
        rank: 10 * n,
        state: n > 6 ? "done" : "draft",
    })),
    {id: 9, name: "archived", sequence: 25, rank: 25, state: "draft", active: false},
];
const ARCH = `
    <list editable="bottom">
        <field name="name"/><field name="state"/><field name="rank"/>
        <field name="sequence"/>
    </list>`;
const SEARCH = "<search/>";

defineTaskModels(RECORDS);
describe.current.tags("desktop");

const SEEN = {
    plain: {},
    filtered: {domain: [["state", "=", "draft"]]},
    "sorted by the view": {orderBy: [{name: "rank", asc: false}]},
    "first page": {limit: 3},
    "middle page": {limit: 3, page: 1},
    "last page": {limit: 3, page: 2},
    "count over the limit": {limit: 3, countLimit: 4},
};

const ALL = Object.keys(SEEN);
const WHOLE = ["plain", "filtered", "sorted by the view"];

const fresh = (n, extra = {}) => ({
    name: `new ${n}`,
    sequence: 35,
    rank: 35,
    state: "draft",
    ...extra,
});

/**
 * What happens, to the records that are shown, and the lists that need no read for it.
 * Records that are not shown may have a place in any list. `lost`: a page that turns out
 * to be empty; the server does not say then how many records there are.
 */
const EVENTS = {
    "a change that decides nothing": {
        happens: ([a]) => write([a], {name: "renamed"}),
        certain: ALL,
    },
    "several changes that decide nothing": {
        happens: (shown) => write(shown.slice(0, 2), {name: "renamed"}),
        certain: ALL,
    },
    "a change that leaves the filter": {
        happens: ([a]) => write([a], {state: "done"}),
        certain: ALL,
    },
    "several changes that leave the filter": {
        happens: (shown) => write(shown.slice(0, 2), {state: "blocked"}),
        certain: ALL,
    },
    "a change that enters the filter": {
        happens: () => write([8], {state: "draft"}),
        certain: ALL.filter((seen) => seen !== "filtered"),
    },
    "several changes that enter the filter": {
        happens: () => write([7, 8], {state: "draft"}),
        certain: ALL.filter((seen) => seen !== "filtered"),
    },
    "a change outside of the filter": {
        happens: () => write([8], {state: "blocked"}),
        certain: ALL,
    },
    "a change of the order that moves nothing": {
        happens: ([, b]) => write([b], {sequence: 10 * b + 1, rank: 10 * b + 1}),
        certain: ALL,
    },
    "a change of the order that moves a row": {
        happens: ([a]) => write([a], {sequence: 45, rank: 45}),
        certain: [],
    },
    "a change of the order that moves a row to a page before": {
        happens: () => write([8], {sequence: 1, rank: 1}),
        certain: ["filtered"],
    },
    "several changes of the order": {
        happens: ([a, b]) => {
            const {update: first} = write([a], {sequence: 10 * b, rank: 10 * b});
            const {update: second} = write([b], {sequence: 10 * a, rank: 10 * a});
            return {update: [...first, ...second]};
        },
        certain: [],
    },
    "a new record": {
        happens: () => create(fresh(1)),
        certain: [],
    },
    "several new records": {
        happens: () => create(fresh(1), fresh(2, {sequence: 1, rank: 90})),
        certain: [],
    },
    "a new record outside of the filter": {
        happens: () => create(fresh(1, {state: "done"})),
        certain: [],
    },
    "an archived record": {
        happens: ([a]) => write([a], {active: false}),
        certain: [],
    },
    "several archived records": {
        happens: (shown) => write(shown.slice(0, 2), {active: false}),
        certain: [],
        lost: ["last page"],
    },
    "a restored record": {
        happens: () => write([9], {active: true}),
        certain: [],
    },
    "a deleted record": {
        happens: ([, b]) => unlink([b]),
        certain: WHOLE,
    },
    "several deleted records": {
        happens: (shown) => unlink(shown.slice(0, 2)),
        certain: WHOLE,
    },
    "deleted records, all that are shown": {
        happens: (shown) => unlink(shown),
        certain: WHOLE,
    },
    "a deleted record that is not shown": {
        happens: () => unlink([8, 9]),
        certain: WHOLE,
    },
    "a record that may be read from now on": {
        happens: () => show(fresh(1)),
        certain: [],
    },
    "several records that may be read from now on": {
        happens: () => show(fresh(1), fresh(2, {state: "done"})),
        certain: [],
    },
    "a record that may not be read any more": {
        happens: ([a]) => hide([a]),
        certain: WHOLE,
    },
    "several records that may not be read any more": {
        happens: (shown) => hide(shown.slice(0, 2)),
        certain: WHOLE,
    },
    "a record that is made, changed and deleted in one burst": {
        happens: () => {
            const {create: ids} = create(fresh(1));
            unlink(ids);
            return {create: ids, update: [{ids, diff: {rank: [0, 1]}}], unlink: ids};
        },
        certain: WHOLE,
    },
};

/** What a person would see who opened the list now. */
function freshLoad({domain = [], limit = 80, offset, orderBy = [], countLimit}) {
    const order = orderBy.map(({name, asc}) => `${name} ${asc ? "ASC" : "DESC"}`);
    const {records, length} = tasks().web_search_read(
        domain,
        {name: {}},
        offset,
        limit,
        order.join()
    );
    const isLimited = countLimit && length > Math.max(countLimit, offset + limit);
    return {
        names: records.map(({name}) => name),
        pager: records.length ? `${offset + 1}-${offset + records.length}` : "",
        total: isLimited ? `${Math.max(countLimit, offset + limit)}+` : String(length),
    };
}

/** The page of a list that got shorter is the last one that there is. */
function lastOffset({domain = [], limit = 80, page = 0}) {
    const {length} = tasks().search(domain);
    const pages = Math.max(1, Math.ceil(length / limit));
    return Math.min(page, pages - 1) * limit;
}

for (const [seen, list] of Object.entries(SEEN)) {
    describe(seen, () => {
        for (const [name, {happens, certain, lost}] of Object.entries(EVENTS)) {
            test(name, async () => {
                const {domain, limit, orderBy, page = 0, countLimit} = list;
                await mountTasks(
                    "list",
                    countLimit
                        ? ARCH.replace("<list", `<list count_limit="${countLimit}"`)
                        : ARCH,
                    {domain, limit, orderBy, searchViewArch: SEARCH}
                );
                for (let i = 0; i < page; i++) {
                    await contains(".o_pager_next").click();
                    expect.verifySteps(["web_search_read"]);
                }
                const shown = rowNames().map((text) => Number(text.split(" ").at(-1)));
                await tellTasks(happens(shown));
                await settle();
                const offset = lastOffset(list);
                const expected = freshLoad({...list, offset});
                expect(rowNames()).toEqual(expected.names);
                if (expected.names.length) {
                    expect(queryText(".o_pager_value")).toBe(expected.pager);
                    expect(queryText(".o_pager_limit")).toBe(expected.total);
                }
                await settle();
                const reads = certain.includes(seen) ? 0 : lost?.includes(seen) ? 2 : 1;
                expect.verifySteps(Array(reads).fill("web_search_read"));
            });
        }
    });
}
