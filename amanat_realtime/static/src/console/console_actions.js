import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";

/**
 * @typedef {import("./other_person").OtherPerson} OtherPerson
 * @typedef {{
 *  person: OtherPerson,
 *  outage: import("../connection/outage").Outage,
 *  conflict: () => Promise<string>,
 * }} Stage `conflict`: starts one, now or as soon as somebody types
 * @typedef {{
 *  id: string,
 *  icon: string,
 *  label: string,
 *  help: string,
 *  run: (stage: Stage) => Promise<string>,
 * }} ConsoleAction `help`: what to look at; `run` returns what was done, in words
 */

/** So long the other person stays in a place, in milliseconds. */
export const STAY = 2500;
export const BULK_STAY = 4000;
export const OUTAGE = 20_000;
const BULK = 300;
const WALK = ["list", "record", "field"];

const wait = (ms) => new Promise((resolve) => browser.setTimeout(resolve, ms));

async function edit({person}) {
    const {id, field} = await person.call("edit");
    return _t("Changed: field %(field)s of record #%(id)s.", {id, field});
}

async function create({person}) {
    const [id] = await person.call("create_records");
    return _t("Created: record #%s.", id);
}

async function remove({person}) {
    await person.call("delete_records");
    return _t("Deleted: the newest record.");
}

async function bulk({person}) {
    const ids = await person.call("create_records", BULK);
    try {
        await person.call("change_records", ids);
        await wait(BULK_STAY);
    } finally {
        await person.call("delete_records", ids);
    }
    return _t("%s records were created, changed, each differently, and deleted.", BULK);
}

/** Nobody is left behind, whatever goes wrong on the way. */
async function walk({person}) {
    let isOff = false;
    try {
        for (const where of WALK) {
            ({disabled: isOff} = await person.be(where));
            if (isOff) {
                return _t("Presence is switched off, for all or for this model.");
            }
            await wait(STAY);
        }
    } finally {
        await person.be("gone");
    }
    return _t("Test Robot came, opened a record, typed in it, and left.");
}

async function notify({person}) {
    const id = await person.call("notify");
    return _t("Sent: a notification about record #%s.", id);
}

async function work({person}) {
    await person.call("work");
    return _t("The work is done.");
}

async function disconnect({outage}) {
    outage.begin(OUTAGE);
    const seconds = OUTAGE / 1000;
    return _t("The connection is closed. It comes back within %s seconds.", seconds);
}

async function reconnect({outage}) {
    await outage.end();
    return _t("The connection was asked to come back.");
}

async function cleanUp({person}) {
    const count = await person.call("clean_up");
    return _t("%s records of Test Robot were deleted.", count);
}

/** @type {ConsoleAction[]} */
export const CONSOLE_ACTIONS = [
    {
        id: "edit",
        icon: "fa-pencil",
        label: _t("Edit"),
        help: _t("A cell of the list changes and flashes in the colour of Test Robot."),
        run: edit,
    },
    {
        id: "create",
        icon: "fa-plus",
        label: _t("Create"),
        help: _t("A new row appears at the top of the list."),
        run: create,
    },
    {
        id: "delete",
        icon: "fa-trash",
        label: _t("Delete"),
        help: _t("The newest row leaves the list, unless you are editing it."),
        run: remove,
    },
    {
        id: "bulk",
        icon: "fa-database",
        label: _t("Bulk change"),
        help: _t(
            "300 records change in one go: the log has one short message that says “read again”, and the list follows. Then they are deleted."
        ),
        run: bulk,
    },
    {
        id: "conflict",
        icon: "fa-exchange",
        label: _t("Conflict"),
        help: _t(
            "Type in a cell of the list and do not leave it: Test Robot writes the same field. The cell is marked, nothing of yours is lost, and you choose. Pressed first, it waits until you type."
        ),
        run: ({conflict}) => conflict(),
    },
    {
        id: "presence",
        icon: "fa-user",
        label: _t("Presence"),
        help: _t(
            "For some seconds Test Robot is in the list, has the newest record open, types in its quantity, and leaves: look above the list, and at the row."
        ),
        run: walk,
    },
    {
        id: "notification",
        icon: "fa-bullhorn",
        label: _t("Notification"),
        help: _t("A program tells something about a record: look at the log."),
        run: notify,
    },
    {
        id: "progress",
        icon: "fa-tasks",
        label: _t("Progress"),
        help: _t("Some seconds of work, with a bar in the top bar that fills."),
        run: work,
    },
    {
        id: "disconnect",
        icon: "fa-unlink",
        label: _t("Disconnect"),
        help: _t(
            "The websocket of this browser is closed for 20 seconds. The state turns to “Polling”, changes come every few seconds. Other tabs of this browser share it."
        ),
        run: disconnect,
    },
    {
        id: "reconnect",
        icon: "fa-link",
        label: _t("Reconnect"),
        help: _t("The connection comes back at once, and what was missed is read."),
        run: reconnect,
    },
    {
        id: "clean_up",
        icon: "fa-eraser",
        label: _t("Clean up"),
        help: _t("All records of Test Robot are deleted. Yours are never touched."),
        run: cleanUp,
    },
];
