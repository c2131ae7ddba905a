import {LiveReport} from "./live_report";
import {decidingFields, measuredFields} from "./message_scope";

const keyOf = ({groupId, measure}) => JSON.stringify([groupId, measure]);

export class PivotReport extends LiveReport {
    static ownWork = [
        "load",
        "addGroupBy",
        "expandAll",
        "expandGroup",
        "flip",
        "toggleMeasure",
    ];

    fields() {
        const {model} = this;
        const {activeMeasures, fields, fullColGroupBys, fullRowGroupBys} =
            model.metaData;
        return new Set([
            ...decidingFields(model.searchParams.domain, [
                ...fullRowGroupBys,
                ...fullColGroupBys,
            ]),
            ...measuredFields(fields, activeMeasures),
        ]);
    }

    /** What is picked in the menu of a header is done to that header's group. */
    isBusy() {
        return Boolean(this.renderer?.dropdown?.state.isOpen);
    }

    async read(copy) {
        if (this.model.useSampleModel) {
            // Core folds what was folded in the table before.
            copy.data = {...copy.data, counts: {}};
        }
        await copy._loadData({metaData: copy._buildMetaData(), data: copy.data});
    }

    picture(model) {
        return model.getTable();
    }

    changedElements({rows}) {
        const cellsOf = (row) => row.subGroupMeasurements;
        const before = new Map(
            rows.flatMap(cellsOf).map((cell) => [keyOf(cell), cell.value])
        );
        const isChanged = (cell) =>
            cell.value !== undefined && cell.value !== before.get(keyOf(cell));
        const places = this.model
            .getTable()
            .rows.flatMap((row, y) =>
                cellsOf(row).flatMap((cell, x) => (isChanged(cell) ? [{x, y}] : []))
            );
        return () => {
            const body = this.renderer?.tableRef?.el?.tBodies[0];
            // The first cell of a row is its header.
            return places.map(({x, y}) => body?.rows[y]?.cells[x + 1]);
        };
    }
}
