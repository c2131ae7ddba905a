import {App, onMounted, onPatched, onWillDestroy, onWillRender, toRaw} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {ListRenderer} from "@web/views/list/list_renderer";
import {guarded} from "../core/log";
import {rootRecords} from "../model/datapoints";
import {MIN_ROWS, RowMemo} from "./row_memo";

const MANY_ROWS = "data-amanat-many-rows";
const AGGREGATORS = ["sum", "avg", "max", "min"];
const ROW_METHODS = [
    "canUseFormatter",
    "evalInvisible",
    "getCellClass",
    "getCellTitle",
    "getColumns",
    "getFieldClass",
    "getFieldProps",
    "getFormattedValue",
    "getRowClass",
    "isCellReadonly",
    "isInlineEditable",
    "isRecordReadonly",
];
const POSITION = /record_(index|first|last)\b/;

/** Rows of other addons may show anything, say what is in the row before. */
function hasCoreRows(renderer) {
    const {prototype, recordRowTemplate} = ListRenderer;
    return (
        renderer.constructor.recordRowTemplate === recordRowTemplate &&
        ROW_METHODS.every((name) => renderer[name] === prototype[name]) &&
        !POSITION.test(renderer.__owl__.app.getTemplate(recordRowTemplate))
    );
}

/** A list in a form depends on the record of the form, too. */
function isWorthIt({props: {list}}) {
    const raw = toRaw(list);
    return toRaw(raw.model).root?.id === raw.id && rootRecords(raw).length >= MIN_ROWS;
}

/** What rows show of the list around them. */
function sharedState(renderer) {
    const {props, editedRecord, state} = renderer;
    const {list} = props;
    return [
        ...renderer.columns,
        props,
        list.id,
        editedRecord?.id,
        state.currencyRates,
        list.model.multiEdit,
        list.model.useSampleModel,
        list.isDomainSelected,
        renderer.canResequenceRows,
        renderer.canSelectRecord,
        renderer.hasActionsColumn,
        renderer.hasOpenFormViewColumn,
        renderer.hasSelectors,
    ];
}

function pastProxies(list) {
    const raw = toRaw(list);
    return Object.create(raw, {records: {value: rootRecords(raw).map(toRaw)}});
}

function useRowMemo(renderer) {
    const {model, resModel} = renderer.props.list;
    if (!model.env.services.amanat_realtime?.isLive(resModel)) {
        return;
    }
    const memo = guarded("could not remember rows", () =>
        hasCoreRows(renderer)
            ? new RowMemo(renderer, () => sharedState(renderer))
            : undefined
    );
    if (!memo) {
        return;
    }
    renderer.amanatRowMemo = memo;
    // After core's own hook: the columns are known then.
    onWillRender(() =>
        guarded(
            "could not remember rows",
            () => memo.begin(isWorthIt(renderer)),
            () => memo.begin(false)
        )
    );
    const onApplied = () => {
        memo.onApplied();
        renderer.rootRef.el?.toggleAttribute(MANY_ROWS, memo.isActive);
    };
    onMounted(onApplied);
    onPatched(onApplied);
    onWillDestroy(() => memo.destroy());
}

patch(ListRenderer.prototype, {
    setup() {
        useRowMemo(this);
        super.setup(...arguments);
    },

    computeAggregates() {
        const memo = this.amanatRowMemo;
        if (!memo?.isActive) {
            return super.computeAggregates(...arguments);
        }
        const {columns, props} = this;
        // Core reads every cell, also of columns that have no total.
        this.columns = columns.filter(({attrs}) =>
            AGGREGATORS.some((name) => attrs?.[name])
        );
        if (memo.mayReuse) {
            // The rows are watched: nothing has to be subscribed to again.
            this.props = {...props, list: pastProxies(props.list)};
        }
        try {
            return super.computeAggregates(...arguments);
        } finally {
            Object.assign(this, {columns, props});
        }
    },
});

patch(App.prototype, {
    callTemplate(owner, templateName, ctx, node, key) {
        const memo = owner.amanatRowMemo;
        const render = () => super.callTemplate(...arguments);
        return memo && templateName === ListRenderer.recordRowTemplate
            ? memo.draw(ctx.record, key, node, render)
            : render();
    },
});
