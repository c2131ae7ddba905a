const PREFIX = "[amanat_realtime]";
const reported = new Set();

/**
 * Report a failure of ours without disturbing the person: once per kind, on the
 * console, never through the error service.
 *
 * @param {string} kind
 * @param {unknown} [error]
 * @param {"error" | "warn"} [level]
 */
export function report(kind, error = "", level = "error") {
    if (reported.has(kind)) {
        return;
    }
    reported.add(kind);
    console[level](`${PREFIX} ${kind}`, error);
}

/**
 * Tell a developer what goes on: in debug mode only.
 *
 * @param {string} what
 * @param {unknown} details
 */
export function trace(what, details) {
    if (odoo.debug) {
        console.debug(`${PREFIX} ${what}`, details);
    }
}

export function forgetReports() {
    reported.clear();
}

/**
 * @template T
 * @param {string} kind
 * @param {() => T} fn
 * @param {(error: unknown) => void} [onError]
 * @returns {T | undefined}
 */
export function guarded(kind, fn, onError) {
    try {
        return fn();
    } catch (error) {
        report(kind, error);
        onError?.(error);
    }
}
