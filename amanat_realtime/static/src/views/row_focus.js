const HELD = ".o_kanban_record, .o_data_row:not(.o_selected_row)";

/**
 * A row or card with the focus stays where it is. It gets the focus by being dragged,
 * too; when it is put down it may move.
 */
export function letGoOfRow() {
    if (document.activeElement?.closest(HELD)) {
        document.activeElement.blur();
    }
}
