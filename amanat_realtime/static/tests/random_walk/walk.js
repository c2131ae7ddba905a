import {expect} from "@odoo/hoot";
import {getService} from "@web/../tests/web_test_helpers";
import {pass, settle, spent, takeTime} from "./clock";
import {OtherPeople} from "./other_people";
import {differences, pictureOf} from "./picture";
import {Prng} from "./prng";

const REMEMBERED = 30;
const STEPS = 80;
const CHECK_EVERY = 20;
/** A machine that has too much to do walks less far, instead of failing for that. */
const LONGEST = 8000;

/**
 * To repeat one walk open the tests with `&random_walk=SEED` or `&random_walk=SEED:STEPS`
 * (the latter stops, and compares, earlier: that is how to find the step at fault);
 * `&random_walk=FIRST-LAST` walks new ways.
 */
const [, FIRST, LAST, WANTED_STEPS] = (
    /[?&]random_walk=(\d+)(?:-(\d+))?(?::(\d+))?/.exec(document.location.search) || []
).map((part) => Number(part));

/** @param {number[]} seeds */
export function seedsToWalk(seeds) {
    const count = (LAST || FIRST) - FIRST + 1;
    return FIRST ? Array.from({length: count}, (_, index) => FIRST + index) : seeds;
}

/** @typedef {(walk: Walk) => Promise<string | null> | string | null} Step returns what
 *  it did, or null if it could do nothing */

/** Random steps of a person and of everybody else, and the comparison at the end. */
export class Walk {
    /**
     * @param {{
     *  seed: number,
     *  controller: object,
     *  person: object,
     *  receive?: (payload: object) => void,
     *  shown?: number,
     * }} params `shown`: the record of a form, about which most of what happens is
     */
    constructor({seed, controller, person, receive, shown}) {
        this.seed = seed;
        this.rng = new Prng(seed);
        this.controller = controller;
        this.person = person;
        const service = getService("amanat_realtime");
        this.receive = receive || ((payload) => service.onNotification(payload));
        this.others = new OtherPeople({
            rng: this.rng,
            skew: this.rng.pick([0, -5000, 5000]),
            shown,
        });
        this.log = [];
        takeTime(new Prng(seed + 1));
    }

    get model() {
        return this.controller.model;
    }

    get othersSteps() {
        const {others} = this;
        return [
            [6, () => others.write()],
            [1, () => others.bulk()],
            [2, () => others.swap()],
            [2, () => others.create()],
            [2, () => others.unlink()],
            [1, () => others.archive()],
            [1, () => others.unarchive()],
            [1, () => others.takeRights()],
            [1, () => others.giveRights()],
            [1, () => others.burst()],
            ...(others.shown ? [[12, () => others.writeLines()]] : []),
            [1, () => `told again: ${others.repeat(this.receive)}`],
        ];
    }

    async step() {
        const {rng} = this;
        const kind = rng.weighted([
            [5, "others"],
            [4, "person"],
            [3, "time"],
        ]);
        if (kind === "time") {
            const ms = rng.pick([1, 17, 40, 70, 150, 400, 700]);
            await pass(ms);
            return `${ms} ms`;
        }
        const steps = kind === "others" ? this.othersSteps : this.person.steps;
        const did = await rng.weighted(steps)(this);
        return did && `${kind}: ${did}`;
    }

    deliverSome(count = this.rng.int(3)) {
        for (let left = count; left > 0 && this.others.outbox.length; left--) {
            const told = this.others.deliver(this.receive);
            this.note(`  told: ${JSON.stringify({...told, at: undefined})}`);
        }
    }

    note(text) {
        this.log.push(text);
    }

    async run() {
        const wanted = WANTED_STEPS || STEPS;
        let done = 0;
        try {
            while (done < wanted) {
                const isLate = spent() > LONGEST;
                const did = await this.step();
                if (!did) {
                    continue;
                }
                done++;
                this.note(`${done}. ${did}`);
                this.deliverSome();
                await pass(0);
                this.person.check(this);
                if (done % CHECK_EVERY === 0 || done === wanted || isLate) {
                    await this.compare();
                }
                if (isLate) {
                    break;
                }
                if (FIRST && !LAST) {
                    this.note(
                        `   ${JSON.stringify(pictureOf(this.model).screen.rows)}`
                    );
                }
            }
        } catch (error) {
            const story = this.log.slice(-REMEMBERED).join("\n");
            error.message =
                `random walk ${this.seed}, step ${done} of ${wanted}\n${story}\n` +
                `${error.message}\n${error.stack}`;
            throw error;
        }
    }

    /** Nothing is held any more: what is on screen must be what a load would show. */
    async compare() {
        this.deliverSome(Infinity);
        await this.person.letGo(this);
        await settle();
        await this.person.letGo(this);
        await settle();
        const actual = pictureOf(this.model, this.person);
        await this.loadAgain();
        const expected = pictureOf(this.model, this.person);
        const wrong = differences(actual, expected);
        if (wrong.length) {
            throw new Error(`not what a fresh load shows:\n${wrong.join("\n")}`);
        }
        this.note(`-- compared: ${JSON.stringify(actual.data).length} characters`);
        expect(wrong).toEqual([]);
    }

    async loadAgain() {
        const {model} = this;
        const loaded = model.load();
        await settle();
        await loaded;
        await settle();
    }
}
