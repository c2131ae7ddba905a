import {WEBSOCKET_CLOSE_CODES as CODES} from "@bus/workers/websocket_worker";
import {_t} from "@web/core/l10n/translation";

/**
 * @param {{code: number, reason?: string}} closed how a websocket ended
 * @returns {string} in words
 */
export function closeReason({code, reason}) {
    if (reason === "OUTDATED_VERSION") {
        return _t("this page is older than the server: reload it");
    }
    switch (code) {
        case CODES.CLEAN:
            return _t("the connection was closed");
        case CODES.GOING_AWAY:
        case CODES.RESTART:
            return _t("the server is restarting");
        case CODES.ABNORMAL_CLOSURE:
            return _t("the connection broke off or could not be opened");
        case CODES.SERVER_ERROR:
            return _t("the server failed");
        case CODES.TRY_LATER:
            return _t("the server is too busy");
        case CODES.BAD_GATEWAY:
            return _t("the proxy does not reach the server");
        case CODES.SESSION_EXPIRED:
            return _t("the session has ended");
        case CODES.KEEP_ALIVE_TIMEOUT:
            return _t("the connection was renewed by the server");
    }
    return _t("the connection was closed with code %(code)s", {code});
}
