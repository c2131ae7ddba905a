import {_t} from "@web/core/l10n/translation";
import {humanSize} from "@web/core/utils/binary";
import {formatFloat} from "@web/core/utils/numbers";

const {DateTime} = luxon;
const SECOND = 1000;

const UNKNOWN = () => _t("Unknown");

/**
 * @param {number | null} number
 * @param {number} [decimals]
 */
export function numberText(number, decimals = 0) {
    if (number === null) {
        return UNKNOWN();
    }
    const digits = [16, Number.isInteger(number) ? 0 : decimals];
    return formatFloat(number, {digits});
}

/** @param {number | null} bytes */
export function sizeText(bytes) {
    if (bytes === null) {
        return UNKNOWN();
    }
    return bytes < 1024
        ? _t("%s bytes", numberText(Math.round(bytes)))
        : humanSize(bytes);
}

/** @param {number | null} ms null: nothing was measured */
export function durationText(ms) {
    if (ms === null) {
        return "–";
    }
    return ms < SECOND
        ? _t("%s ms", numberText(Math.round(ms)))
        : _t("%s s", formatFloat(ms / SECOND, {digits: [16, 1]}));
}

/** @param {string} at as the server writes it */
export function clockText(at) {
    return DateTime.fromISO(at).toLocaleString(DateTime.TIME_WITH_SECONDS);
}

/** @param {string} at as the server writes it */
export function minuteText(at) {
    return DateTime.fromISO(at).toLocaleString(DateTime.TIME_SIMPLE);
}

/** @param {[number, number | null, number]} bucket */
export function bucketText([low, high]) {
    return high === null
        ? _t("over %s", durationText(low))
        : _t("up to %s", durationText(high));
}
