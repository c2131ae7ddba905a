import {patch} from "@web/core/utils/patch";
import {DynamicGroupList} from "@web/model/relational_model/dynamic_group_list";
import {DynamicRecordList} from "@web/model/relational_model/dynamic_record_list";
import {Group} from "@web/model/relational_model/group";
import {Record} from "@web/model/relational_model/record";
import {patcherOf} from "../core/patcher_of";
import {bumpEpoch} from "./epoch";

/** Any load: what was on its way when a message came may be older than the message. */
const onLoad = () => ({
    _load() {
        this.amanatLoadStart = Date.now();
        return super._load(...arguments);
    },

    _setData() {
        const result = super._setData(...arguments);
        const {model} = this;
        bumpEpoch(model);
        const patcher = patcherOf(model);
        const isShown = this.amanatLoadStart || patcher?.model.root?.id === this.id;
        if (patcher && isShown) {
            patcher.onDataSet(this.amanatLoadStart);
        }
        return result;
    },
});

patch(Record.prototype, onLoad());
patch(DynamicRecordList.prototype, onLoad());
patch(DynamicGroupList.prototype, onLoad());
patch(Group.prototype, {
    async toggle() {
        bumpEpoch(this.model);
        const result = await super.toggle(...arguments);
        bumpEpoch(this.model);
        return result;
    },
});
