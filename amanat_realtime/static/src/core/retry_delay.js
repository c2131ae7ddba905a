import {ConnectionLostError} from "@web/core/network/rpc";
import {report} from "./log";

const OFFLINE_DELAY = 5000;
const MAX_DELAY = 300_000;

/**
 * @param {string} kind of read that failed
 * @param {unknown} error
 * @param {number} failures of the server in a row before this one
 * @returns {number} milliseconds until the read is worth another try
 */
export function retryDelay(kind, error, failures) {
    if (error instanceof ConnectionLostError) {
        return OFFLINE_DELAY;
    }
    report(kind, error);
    return Math.min(OFFLINE_DELAY * 2 ** failures, MAX_DELAY);
}
