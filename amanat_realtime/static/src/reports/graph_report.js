import {LiveReport} from "./live_report";
import {decidingFields, measuredFields} from "./message_scope";

/** As many as core draws unasked. */
const SHOWN_UNASKED = 80;

export class GraphReport extends LiveReport {
    static ownWork = ["load", "updateMetaData", "forceLoadAll"];

    fields() {
        const {fields, groupBy, measure} = this.model.metaData;
        return new Set([
            ...decidingFields(
                this.model.searchParams.domain,
                groupBy.map(({spec}) => spec)
            ),
            ...measuredFields(fields, [measure]),
        ]);
    }

    async read(copy) {
        const {data, metaData} = this.model;
        const isAllWanted = !data.exceeds && data.datasets.length > SHOWN_UNASKED;
        await copy._fetchDataPoints({...metaData}, isAllWanted);
    }

    picture({dataPoints}) {
        return dataPoints;
    }

    show(written) {
        this.unseenData = written.data;
        super.show(written);
    }

    /**
     * @param {object} data of the model, about to be drawn
     * @returns {boolean} whether that is what was read last, for the first time
     */
    isToBeMoved(data) {
        const isUnseen = this.unseenData === data;
        this.unseenData = null;
        return isUnseen;
    }
}
