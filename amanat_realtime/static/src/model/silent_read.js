import {toRaw} from "@odoo/owl";
import {
    extractInfoFromGroupData,
    getBasicEvalContext,
    getFieldsSpec,
} from "@web/model/relational_model/utils";
import {isX2many} from "./record_diff";

/**
 * The model as it is, subclasses' overrides included, but with an orm that neither
 * shows the loading indicator nor dies with the component.
 *
 * @param {object} model
 * @param {object} orm service
 */
export function silentModel(model, orm) {
    return Object.create(toRaw(model), {orm: {value: orm.silent}});
}

function orderBysOf(root) {
    const fieldNames = Object.keys(root.activeFields).filter((f) =>
        isX2many(root.fields[f])
    );
    return Object.fromEntries(fieldNames.map((f) => [f, root.data?.[f]?.orderBy]));
}

/**
 * Read records as the view would, under the reader's own rights: an id that does not
 * come back is deleted or not readable (any more).
 *
 * @param {object} orm service
 * @param {object} root
 * @param {number[]} ids
 * @returns {Promise<object[]>}
 */
export async function readRecords(orm, root, ids) {
    const {activeFields, fields, context} = root.config;
    const evalContext = {...context, ...getBasicEvalContext(root.config)};
    const specification = getFieldsSpec(activeFields, fields, evalContext, {
        orderBys: root.data ? orderBysOf(root) : undefined,
    });
    const {records} = await orm.silent.webSearchRead(
        root.resModel,
        [["id", "in", ids]],
        {
            specification,
            context: {bin_size: true, ...context, active_test: false},
        }
    );
    return records;
}

/** Pages to look at until one has records, the one that is shown first. */
function pagesToTry({config, count, limit}) {
    const {offset} = config;
    const last = Math.max(0, Math.ceil(count / limit) - 1) * limit;
    return last < offset ? [last, 0] : [offset, Math.max(0, offset - limit), 0];
}

/**
 * @returns {Promise<{records: object[], length: number, offset: number}>} the page that
 *  a list shows; if there is nothing on it any more, one before it
 */
export async function readPage(orm, model, list) {
    const silent = silentModel(model, orm);
    const {config} = list;
    for (const offset of pagesToTry(list)) {
        const page = await silent._loadUngroupedList({...config, offset});
        if (page.records.length || !offset) {
            return {...page, offset};
        }
    }
}

/** The server opens a few groups at most; the person may have opened more. */
async function readUnopened(orm, model, list, groups) {
    for (const data of groups) {
        const {serverValue} = extractInfoFromGroupData(
            data,
            list.groupBy,
            list.fields,
            list.domain
        );
        const group = list.groups.find(
            (g) => JSON.stringify(g.serverValue) === JSON.stringify(serverValue)
        );
        if (!group || group.isFolded) {
            continue;
        }
        if (data.__groups) {
            await readUnopened(orm, model, group.list, data.__groups.groups);
        } else if (group.list.isGrouped) {
            data.__groups = await readGroups(orm, model, group.list);
        } else if (!data.__records) {
            data.__records = (await readPage(orm, model, group.list)).records;
        }
    }
}

/**
 * @returns {Promise<{groups: object[], length: number}>} raw answer of web_read_group,
 *  with the records of the groups that are open
 */
export async function readGroups(orm, model, list) {
    const response = await silentModel(model, orm)._webReadGroup(list.config);
    await readUnopened(orm, model, list, response.groups);
    return response;
}

/**
 * @returns {Promise<boolean>}
 */
export async function hasRecords(orm, root) {
    const {config} = root;
    const {records} = await orm.silent.webSearchRead(config.resModel, config.domain, {
        specification: {},
        limit: 1,
        context: config.context,
    });
    return records.length > 0;
}
