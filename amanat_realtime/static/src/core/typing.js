let typedAt = -Infinity;
document.addEventListener("keydown", () => (typedAt = Date.now()), {capture: true});

/** @returns {number} milliseconds since the person at this tab pressed a key */
export function sinceTyped() {
    const passed = Date.now() - typedAt;
    // A clock that was set back says nothing.
    return passed < 0 ? Infinity : passed;
}
