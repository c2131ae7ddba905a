import {getPopoverForTarget} from "@web/core/popover/popover";
import {LiveReport} from "./live_report";
import {decidingFields} from "./message_scope";

const CELLS_BEING_PICKED = ".o_calendar_container .o-highlight";
const EVENTS = ".o_calendar_container .fc-event[data-event-id]";

const hasPopover = (el) => Boolean(getPopoverForTarget(el)?.isConnected);

export class CalendarReport extends LiveReport {
    static ownWork = [
        "load",
        "createFilter",
        "createRecord",
        "multiCreateRecords",
        "unlinkFilter",
        "unlinkRecord",
        "unlinkRecords",
        "updateFilters",
        "updateRecord",
    ];

    /** The popover comes when it has loaded what it shows. */
    static clickTime = 1000;

    /** Fields that decide whether an event is on screen, and where. */
    fields() {
        const {domain, fieldMapping, filtersInfo} = this.model.meta;
        return new Set([
            ...decidingFields(domain || []),
            ...Object.values(fieldMapping),
            ...Object.keys(filtersInfo),
        ]);
    }

    /** The title of an event is made of fields that only the server knows. */
    isAbout(message) {
        const shown = new Set(Object.values(this.model.records).map(({id}) => id));
        return (
            super.isAbout(message) ||
            message.update.some(({ids}) => ids.some((id) => shown.has(id)))
        );
    }

    /**
     * Whenever core draws, it lets go of picked days, and makes all events anew: the
     * popover of one would point at nothing.
     */
    isBusy() {
        return Boolean(
            this.component.selectedCells ||
                document.querySelector(CELLS_BEING_PICKED) ||
                [...document.querySelectorAll(EVENTS)].some(hasPopover)
        );
    }

    async read(copy) {
        const data = {...copy.data};
        await copy.updateData(data);
        copy.data = data;
    }

    picture({data}) {
        return data;
    }

    changedElements({records: before}) {
        const {records} = this.model;
        const changed = new Set(
            Object.keys(records).filter(
                (id) => JSON.stringify(before[id]) !== JSON.stringify(records[id])
            )
        );
        return () =>
            [...document.querySelectorAll(EVENTS)].filter(({dataset}) =>
                changed.has(dataset.eventId)
            );
    }
}
