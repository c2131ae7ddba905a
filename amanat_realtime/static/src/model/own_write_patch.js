import {patch} from "@web/core/utils/patch";
import {DynamicList} from "@web/model/relational_model/dynamic_list";
import {Record} from "@web/model/relational_model/record";
import {ownWrite} from "./own_write";

const writing = (methodName) => ({
    [methodName]() {
        return ownWrite(this.model, () => super[methodName](...arguments));
    },
});

for (const methodName of ["_save", "_toggleArchive", "delete"]) {
    patch(Record.prototype, writing(methodName));
}
for (const methodName of [
    "_multiSave",
    "_resequence",
    "_deleteRecords",
    "_toggleArchive",
]) {
    patch(DynamicList.prototype, writing(methodName));
}
