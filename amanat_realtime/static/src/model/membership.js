import {touchedFields} from "./change_batch";
import {placesOf} from "./datapoints";
import {leafHolds} from "./leaf";
import {keepsPlace, orderFields, staysBeyond} from "./order";
import {parse, sameValue} from "./record_diff";
import {
    aggregatedFields,
    domainFields,
    groupFields,
    hierarchyFields,
    isInSeveralGroups,
    membershipFields,
} from "./relevance";

/** Nothing about rows, order and groups has to be looked up. */
export const SAME = "same";
/** The record is no longer in the list. */
export const LEAVES = "leaves";
/** Only the server knows. */
export const UNKNOWN = "unknown";

// The server tells what may be read in all companies of a person, a view shows those
// that are ticked.
const ONLY_THE_SERVER_KNOWS = ["company_id", "company_ids", "x_active"];

const isLeaf = (item) => Array.isArray(item);
const isConjunction = (domain) => domain.every((item) => isLeaf(item) || item === "&");

/** @returns {any[]} the domain, with what the server adds to it */
function wholeDomain({domain, context}) {
    const saysActive = domain.some((item) => isLeaf(item) && item[0] === "active");
    const {active_test: isTested = true} = context || {};
    if (saysActive || !isTested) {
        return domain;
    }
    return [...domain, ["active", "=", true]];
}

function isChain(field, steps) {
    return steps.every(
        ([old], i) =>
            !i || sameValue(field, parse(field, steps[i - 1][1]), parse(field, old))
    );
}

/**
 * What a change means for membership. A domain is a function of its conditions: if
 * none of them turns, it does not, whatever it looks like.
 *
 * @param {object} root
 * @param {import("./change_batch").RecordChange} change
 * @param {boolean} isShown
 * @returns {{isSame: boolean, outBy: string[]}} `outBy`: fields because of which the
 *  record certainly does not belong to the list any more
 */
function judgeDomain(root, change, isShown) {
    const domain = wholeDomain(root);
    const outBy = [];
    let isSame = true;
    let wasOut = false;
    for (const fieldName of touchedFields(change)) {
        const leaves = domain.filter(
            (item) => isLeaf(item) && domainFields([item])[0] === fieldName
        );
        if (!leaves.length) {
            continue;
        }
        const field = root.fields[fieldName];
        const steps = change.steps.get(fieldName);
        const isKnown =
            field && steps && !change.stale.has(fieldName) && isChain(field, steps);
        for (const leaf of leaves) {
            const [before, after] =
                isKnown && leaf[0] === fieldName
                    ? [steps[0][0], steps.at(-1)[1]].map((v) =>
                          leafHolds(field, leaf, v)
                      )
                    : [];
            isSame = isSame && before !== undefined && before === after;
            wasOut = wasOut || before === false;
            if (after === false) {
                outBy.push(fieldName);
            }
        }
    }
    if (isSame || !isConjunction(domain)) {
        return {isSame, outBy: []};
    }
    return {isSame: !isShown && wasOut && outBy.length > 0, outBy};
}

/** Decides what a burst of changes does to rows, order and groups, where it is certain. */
export class Membership {
    /**
     * @param {{
     *  root: object,
     *  departures: import("./departures").Departures,
     *  extraFields: string[],
     * }} params `extraFields`: shown of records that nobody sees, by a part of the view
     *  that is not the model's own
     */
    constructor({root, departures, extraFields}) {
        Object.assign(this, {root, departures});
        this.summed = new Set(aggregatedFields(root));
        this.counted = new Set(extraFields);
        this.deciding = membershipFields(root);
        this.ordering = new Set(orderFields(root));
        // Groups may be ordered by what is summed in them.
        const sums = [...this.ordering].filter((f) => this.summed.has(f));
        this.serverOnly = new Set([
            ...ONLY_THE_SERVER_KNOWS,
            ...hierarchyFields(root),
            ...(root.isGrouped ? [...groupFields(root), ...sums] : []),
        ]);
        this.isInSeveral = isInSeveralGroups(root);
    }

    get pages() {
        const isPinned = (record) => this.departures.isPinned(record);
        this._pages ||= placesOf(this.root).map(({list}) => {
            const rows = list.records.filter((record) => !this.departures.has(record));
            const indexes = new Map(rows.map(({id}, index) => [id, index]));
            return {list, rows, indexes, isPinned};
        });
        return this._pages;
    }

    /**
     * After the values of all changes have been applied.
     *
     * @param {object[]} records datapoints of the record, none if it is not shown
     * @param {import("./change_batch").RecordChange} change
     * @param {boolean} isRead whether what is shown did not fit the change
     * @returns {string} SAME, LEAVES or UNKNOWN
     */
    judge(records, change, isRead) {
        const touched = touchedFields(change);
        const touches = (fieldNames) => touched.some((f) => fieldNames.has(f));
        const isUnseen = !records.length;
        if (
            ((isUnseen || this.isInSeveral) && touches(this.summed)) ||
            (isUnseen && touches(this.counted))
        ) {
            return UNKNOWN;
        }
        if (!touches(this.deciding)) {
            return SAME;
        }
        if (change.outdated || isRead || touches(this.serverOnly)) {
            return UNKNOWN;
        }
        const isShown = records.some((record) => !this.departures.has(record));
        const {isSame, outBy} = judgeDomain(this.root, change, isShown);
        if (!isSame) {
            return this.isOut(records, change, outBy) ? LEAVES : UNKNOWN;
        }
        const isPlaced =
            !touches(this.ordering) || this.isPlaced(records, change, isShown);
        return isPlaced ? SAME : UNKNOWN;
    }

    /** A message may come late: what it says must be what is shown. */
    isOut(records, change, outBy) {
        const isShown = (record, fieldName) => {
            const field = record.fields[fieldName];
            const value = parse(field, change.steps.get(fieldName).at(-1)[1]);
            return (
                fieldName in record.activeFields &&
                sameValue(field, record._values[fieldName], value)
            );
        };
        return (
            records.length > 0 && records.every((r) => outBy.some((f) => isShown(r, f)))
        );
    }

    /** Does the record stay where it is in all lists that it may be in? */
    isPlaced(records, change, isShown) {
        const mayBeBeyond = !isShown || this.isInSeveral;
        return this.pages.every((page) => {
            const shown = records.filter(({id}) => page.indexes.has(id));
            if (!shown.length) {
                return !mayBeBeyond || staysBeyond(this.root, page, change);
            }
            return shown.every((record) => keepsPlace(this.root, page, record));
        });
    }
}
