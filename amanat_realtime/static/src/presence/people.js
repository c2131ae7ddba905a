/**
 * @typedef {import("./places").Place} Place
 * @typedef {import("./presence_store").Person} Person
 * @typedef {"saved" | "editing" | "viewing" | "idle"} PersonState
 * @typedef {{
 *  user: import("../core/message").Author,
 *  state: PersonState,
 *  tabs: {tab: string, place: Place}[],
 * }} Present somebody, however many tabs they have; what they do most is first in `tabs`
 */

const STATES = ["saved", "editing", "viewing", "idle"];
const rank = ({place}) => 2 * STATES.indexOf(place.state) - (place.field ? 1 : 0);

/**
 * @param {Person[]} people one for each tab
 * @param {(place: Place) => boolean} [isMeant] the places that matter
 * @returns {Present[]} by name
 */
export function present(people, isMeant = () => true) {
    const byUser = new Map();
    for (const {user, tab, places} of people) {
        const tabs = places.filter(isMeant).map((place) => ({tab, place}));
        if (tabs.length) {
            const known = byUser.get(user.id)?.tabs || [];
            byUser.set(user.id, {user, tabs: [...known, ...tabs]});
        }
    }
    return [...byUser.values()]
        .map(({user, tabs}) => {
            const sorted = tabs.toSorted((a, b) => rank(a) - rank(b));
            return {user, tabs: sorted, state: sorted[0].place.state};
        })
        .toSorted((a, b) => a.user.name.localeCompare(b.user.name));
}

/**
 * @param {import("./presence_store").PresenceStore} store
 * @param {{model: string, room?: string, id: number}} record
 * @returns {Present[]} who has it open, and who has just saved it
 */
export function presentAt(store, {model, room, id}) {
    const people = present(store.peopleIn({model, room}), (place) => place.id === id);
    const savers = store.saversOf(model, id);
    const isSaver = ({user}) => savers.some((saver) => saver.id === user.id);
    const others = savers.filter(({id: userId}) =>
        people.every(({user}) => user.id !== userId)
    );
    return [
        ...people.map((person) =>
            isSaver(person) ? {...person, state: "saved"} : person
        ),
        ...others.map((user) => ({user, state: "saved", tabs: []})),
    ];
}

/**
 * @param {Present[]} people at one record
 * @returns {Map<string, Present[]>} who edits which field, whoever types first
 */
export function editorsByField(people) {
    const editors = new Map();
    for (const person of people) {
        for (const {place} of person.tabs.filter(({place: {field}}) => field)) {
            const known = editors.get(place.field) || [];
            if (!known.includes(person)) {
                editors.set(place.field, [...known, person]);
            }
        }
    }
    return editors;
}

/**
 * @param {Present} person
 * @param {string} fieldName
 * @returns {boolean} whether keys were pressed there within the last seconds
 */
export const isTypingIn = ({tabs}, fieldName) =>
    tabs.some(({place}) => place.field === fieldName && place.typing);
