// Promise: the switch of the user menu hides the person at once, and is offered only
// where others could see them.
import {describe, expect, test} from "@odoo/hoot";
import {getService, mountView, onRpc} from "@web/../tests/web_test_helpers";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {presenceMenuItem} from "@amanat_realtime/presence/presence_menu_item";
import {defineLiveModels} from "../realtime_test_helpers";
import {makePresent, MODEL, reported} from "./presence_test_helpers";

defineLiveModels();
describe.current.tags("desktop");

const mountList = () =>
    mountView({
        type: "list",
        resModel: MODEL,
        arch: `<list><field name="name"/></list>`,
    });
const theItem = () =>
    presenceMenuItem({
        services: {
            orm: getService("orm"),
            amanat_realtime_presence: getService("amanat_realtime_presence"),
        },
    });

test("hide, and show again", async () => {
    const {reports} = makePresent({off: ["other"]});
    onRpc("res.users", "write", ({args}) => {
        expect.step(args);
        return true;
    });
    await mountList();
    await reported();
    expect(theItem().isChecked).toBe(true);
    await theItem().callback();
    await reported();
    expect.verifySteps([[[user.userId], {amanat_realtime_hidden: true}]]);
    expect(session.amanat_realtime.presence).toEqual({
        enabled: true,
        off: ["other"],
        hidden: true,
    });
    expect(theItem().isChecked).toBe(false);
    expect(reports).toHaveLength(2);
    await theItem().callback();
    expect.verifySteps([[[user.userId], {amanat_realtime_hidden: false}]]);
    expect(theItem().isChecked).toBe(true);
});

test("not offered where presence is switched off", async () => {
    makePresent({enabled: false});
    await mountList();
    expect(theItem().show()).toBe(false);
});
