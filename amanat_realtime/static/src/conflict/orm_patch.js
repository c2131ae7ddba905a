import {ORM} from "@web/core/orm_service";
import {patch} from "@web/core/utils/patch";
import {rememberRefusal} from "./refused_save";
import {
    BASE_KEY,
    contextOfMultiSave,
    contextOfResequence,
    contextOfSave,
} from "./sent_bases";

function withContext(kwargs = {}, keys) {
    return Object.keys(keys).length
        ? {...kwargs, context: {...kwargs.context, ...keys}}
        : kwargs;
}

/** Keep what was refused with the refusal: whoever catches it may ask the person. */
function watched(promise, save) {
    if (!save.kwargs?.context?.[BASE_KEY]) {
        return promise;
    }
    return promise.catch((error) => {
        rememberRefusal(error, save);
        throw error;
    });
}

patch(ORM.prototype, {
    webSave(resModel, ids, values, kwargs, ...rest) {
        kwargs = withContext(kwargs, contextOfSave(ids, values));
        const valuesList = ids.map(() => values);
        return watched(super.webSave(resModel, ids, values, kwargs, ...rest), {
            resModel,
            ids,
            valuesList,
            kwargs,
        });
    },

    webSaveMulti(resModel, ids, valuesList, kwargs, ...rest) {
        kwargs = withContext(kwargs, contextOfMultiSave(ids, valuesList));
        return watched(super.webSaveMulti(resModel, ids, valuesList, kwargs, ...rest), {
            resModel,
            ids,
            valuesList,
            kwargs,
        });
    },

    webResequence(resModel, ids, kwargs, ...rest) {
        const keys = contextOfResequence(resModel, ids, kwargs?.field_name);
        return super.webResequence(resModel, ids, withContext(kwargs, keys), ...rest);
    },
});
