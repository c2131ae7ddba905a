import {toRaw} from "@odoo/owl";
import {ConnectionLostError} from "@web/core/network/rpc";
import {unique} from "@web/core/utils/arrays";
import {pick} from "@web/core/utils/objects";
import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";
import {RelationalModel} from "@web/model/relational_model/relational_model";
import {isLiveModel} from "../core/live_models";
import {report} from "../core/log";

/**
 * Fields whose onchange found no server, by the config of their record. Core takes back
 * what was typed in them.
 *
 * @type {WeakMap<object, string[]>}
 */
const missed = new WeakMap();

patch(RelationalModel.prototype, {
    async _onchange(config, params) {
        if (!params.onError || !isLiveModel(this.config.resModel)) {
            return super._onchange(...arguments);
        }
        const key = toRaw(config);
        const fieldNames = unique([
            ...(params.fieldNames || []),
            ...(missed.get(key) || []),
        ]);
        let isMissed = false;
        const onError = (error) => {
            isMissed = error instanceof ConnectionLostError;
            return isMissed ? undefined : params.onError(error);
        };
        const values = await super._onchange(config, {...params, fieldNames, onError});
        if (isMissed) {
            missed.set(key, fieldNames);
            return {};
        }
        missed.delete(key);
        return values;
    },
});

patch(Record.prototype, {
    async _save() {
        if (missed.has(toRaw(this.config)) && !this.model._urgentSave) {
            await askMissed(this);
        }
        return super._save(...arguments);
    },

    _discard() {
        missed.delete(toRaw(this.config));
        return super._discard(...arguments);
    },
});

/** What the server would have filled in belongs to what is saved. */
async function askMissed(record) {
    const key = toRaw(record.config);
    const changes = pick(record._changes, ...missed.get(key));
    missed.delete(key);
    try {
        record._applyChanges({}, await record._getOnchangeValues(changes));
    } catch (error) {
        report("could not make up for an onchange", error);
    }
}
