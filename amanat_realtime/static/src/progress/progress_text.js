import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {remainingOf, speedOf} from "./speed";

/** @typedef {import("./progress_store").Work} Work */

const MINUTE = 60;
const HOUR = 60 * MINUTE;

const number = (value) => formatInteger(Math.round(value));

/** @param {Work} work */
export function countText({done, total}) {
    return total
        ? _t("%(done)s of %(total)s", {done: number(done), total: number(total)})
        : done
          ? _t("%(done)s done", {done: number(done)})
          : "";
}

/** @param {Work} work */
export function speedText({samples}) {
    const speed = speedOf(samples);
    if (!speed) {
        return "";
    }
    return speed >= 1
        ? _t("%(count)s per second", {count: number(speed)})
        : _t("%(count)s per minute", {count: number(speed * MINUTE) || "1"});
}

/** Rounded to what can be known. */
export function remainingText(work) {
    const seconds = remainingOf(work);
    if (seconds === null) {
        return "";
    }
    if (seconds < 10) {
        return _t("a few seconds left");
    }
    if (seconds < MINUTE) {
        return _t("about %(count)s seconds left", {
            count: Math.ceil(seconds / 10) * 10,
        });
    }
    return seconds < HOUR
        ? _t("about %(count)s min left", {count: number(seconds / MINUTE)})
        : _t("about %(count)s h left", {count: number(seconds / HOUR)});
}

/** @param {Work} work */
export function counterLines({counters}) {
    return counters.map(({label, count}) =>
        String(_t("%(label)s: %(count)s", {label, count: number(count)}))
    );
}

/** @param {Work} work */
export function stateText({state, cancelling}) {
    if (cancelling) {
        return _t("Cancelling…");
    }
    switch (state) {
        case "running":
            return _t("Running");
        case "stopped":
            return _t("No sign of life for minutes: it may have stopped.");
        case "done":
            return _t("Done");
        case "warning":
            return _t("Done, with something skipped");
        case "failed":
            return _t("Failed");
    }
    return _t("Cancelled");
}

function endTitle({state, name}) {
    switch (state) {
        case "done":
        case "warning":
            return _t("%(name)s: done", {name});
        case "failed":
            return _t("%(name)s: failed", {name});
    }
    return _t("%(name)s: cancelled", {name});
}

/**
 * @param {Work} work that has ended
 * @returns {{title: string, lines: string[]}}
 */
export function endText(work) {
    const {state, message, counters} = work;
    const counts = counters.length ? counterLines(work) : [countText(work)];
    const lines = state === "failed" ? [message] : counts;
    return {
        title: String(endTitle(work)),
        lines: lines.map(String).filter(Boolean),
    };
}
