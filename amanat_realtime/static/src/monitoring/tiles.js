import {_t} from "@web/core/l10n/translation";
import {durationText, numberText, sizeText} from "./figures_text";

/**
 * @param {object} report see `monitoring/report.py`
 * @returns {{id: string, label: string, value: string, help: string}[]}
 */
export function tilesOf(report) {
    const {per_minute: rate, last_hour: hour, latency, bus, evented} = report;
    const rows = numberText(bus.rows);
    return [
        {
            id: "people",
            label: _t("People connected"),
            value: numberText(report.people),
            help: _t("With a websocket, each of them counted once."),
        },
        {
            id: "sockets",
            label: _t("Websockets"),
            value: numberText(report.sockets),
            help: _t("All tabs of a browser share one."),
        },
        {
            id: "messages",
            label: _t("Messages per minute"),
            value: numberText(rate.messages, 1),
            help: _t("About changes, each counted once for all who get it."),
        },
        {
            id: "bytes",
            label: _t("Delivered per minute"),
            value: sizeText(rate.bytes),
            help: _t("To all recipients together."),
        },
        {
            id: "p50",
            label: _t("Latency, half of all (p50)"),
            value: durationText(latency.p50),
            help: _t("Half of all changes were on screen within this time."),
        },
        {
            id: "p95",
            label: _t("Latency, 95 % (p95)"),
            value: durationText(latency.p95),
            help: _t("19 of 20 changes were on screen within this time."),
        },
        {
            id: "p99",
            label: _t("Latency, 99 % (p99)"),
            value: durationText(latency.p99),
            help: _t("99 of 100 changes were on screen within this time."),
        },
        {
            id: "bus",
            label: _t("Table of the bus"),
            value: sizeText(bus.bytes),
            help: bus.exact ? _t("%s rows.", rows) : _t("About %s rows.", rows),
        },
        {
            id: "memory",
            label: _t("Memory of the websocket process"),
            value: sizeText(evented.memory),
            help: evented.limit
                ? _t("Address space: %(used)s of %(limit)s.", {
                      used: sizeText(evented.limited),
                      limit: sizeText(evented.limit),
                  })
                : _t("It is not limited."),
        },
        {
            id: "degraded",
            label: _t("Told in bulk"),
            value: numberText(hour.refreshes),
            help: _t("Messages of the last hour that only say: look again."),
        },
        {
            id: "filtered",
            label: _t("Kept back"),
            value: numberText(hour.filtered),
            help: _t("From people who may not know of the change, in the last hour."),
        },
        {
            id: "coalesced",
            label: _t("Messages saved"),
            value: numberText(hour.coalesced),
            help: _t(
                "%s records were changed in the last hour; those of one save share a message.",
                numberText(hour.records)
            ),
        },
    ];
}
