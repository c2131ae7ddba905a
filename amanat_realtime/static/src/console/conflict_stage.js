import {_t} from "@web/core/l10n/translation";

/** Has the other person write in the field that somebody is typing in. */
export class ConflictStage {
    /**
     * @param {{
     *  resModel: string,
     *  editing: import("../core/editing_state_service").EditingStateAPI,
     *  person: import("./other_person").OtherPerson,
     *  onNews: (text: string) => void,
     * }} params
     */
    constructor({resModel, editing, person, onNews}) {
        this.resModel = resModel;
        this.editing = editing;
        this.person = person;
        this.onNews = onNews;
        this.isWaiting = false;
    }

    /** @returns {Promise<string>} */
    async start() {
        if (this.isWaiting) {
            this.isWaiting = false;
            return _t("Test Robot does not wait any more.");
        }
        if (this.place) {
            return this.contest(this.place);
        }
        this.isWaiting = true;
        return _t("Test Robot waits: now type in a cell of the list.");
    }

    /** Somebody typed. */
    async onInput() {
        const {place} = this;
        if (this.isWaiting && place) {
            this.isWaiting = false;
            this.onNews(await this.contest(place));
        }
    }

    /** Where somebody is typing, if that is a stored record of this model. */
    get place() {
        const {record, names} = this.editing.typed || {};
        const isStored = record?.resModel === this.resModel && record.resId;
        return isStored ? {id: record.resId, field: names[0]} : null;
    }

    async contest({id, field}) {
        await this.person.call("conflict", id, field);
        return _t("Test Robot has written in field %s, too: look at the cell.", field);
    }
}
