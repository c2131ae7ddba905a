/** Core drops and cleans up within this time after the pointer is released. */
const DROP_TIME = 1000;

let releasedAt = null;
const onPress = () => (releasedAt = null);
const onRelease = () => (releasedAt = Date.now());
document.addEventListener("pointerdown", onPress, {capture: true});
for (const type of ["pointerup", "pointercancel", "dragend"]) {
    document.addEventListener(type, onRelease, {capture: true});
}

/**
 * A card may keep the mark of a drag that ended while it was drawn anew: the mark of
 * nobody who presses anything says nothing.
 *
 * @returns {boolean} whether the person drags something
 */
export function isDragging() {
    const isOver = releasedAt !== null && Date.now() - releasedAt > DROP_TIME;
    return !isOver && document.querySelector(".o_dragged") !== null;
}
