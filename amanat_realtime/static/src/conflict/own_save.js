import {withLines} from "../model/datapoints";

/**
 * What is being saved is what the person who types on meanwhile started from.
 *
 * @param {object} record about to be saved
 * @returns {() => void} call it when that was done
 */
export function noteOwnSave(record) {
    const sent = withLines(record)
        .filter(({_changes: changes}) => Object.keys(changes).length)
        .map((one) => [one, {...one._changes}]);
    return () => {
        for (const [one, changes] of sent) {
            for (const fieldName of one.amanatTyped.keys()) {
                if (fieldName in changes) {
                    one.amanatBases[fieldName] = changes[fieldName];
                }
            }
        }
    };
}
