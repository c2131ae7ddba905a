import {onPatched} from "@odoo/owl";
import {guarded} from "../core/log";
import {patcherOf} from "../core/patcher_of";
import {rowsOf} from "./highlight";
import {goneLabel, goneText} from "./notices";

const LABEL = "o_amanat_gone_label";

/** A row has no room for a label of its own: it is laid over the first cell. */
const hostOf = (row) =>
    row.matches("tr")
        ? row.querySelector(":scope > .o_data_cell") || row.cells[0]
        : row;

function setLabel(row, text) {
    const label = row.querySelector(`.${LABEL}`) || document.createElement("span");
    const host = hostOf(row);
    label.className = LABEL;
    label.textContent = text;
    if (label.parentElement !== host) {
        host?.append(label);
    }
}

/**
 * Grey a row or card that is only kept, and say why. Like highlights, on the nodes
 * themselves: it costs no render, and is done again where nodes are made anew.
 *
 * @param {object} record
 * @param {import("../model/departures").Reason} reason
 */
export function markGone(record, reason) {
    for (const row of rowsOf(record)) {
        row.classList.remove("o_amanat_leaving");
        row.classList.add("o_amanat_gone");
        row.title = goneText(reason);
        setLabel(row, goneLabel(reason));
    }
}

export function unmarkGone(record) {
    for (const row of rowsOf(record)) {
        row.classList.remove("o_amanat_gone");
        row.removeAttribute("title");
        row.querySelector(`.${LABEL}`)?.remove();
    }
}

/** @param {object} renderer of a list or kanban */
export function useGoneMarks(renderer) {
    onPatched(() =>
        guarded("could not mark kept rows", () =>
            patcherOf(renderer.props.list.model)?.departures.remark()
        )
    );
}
