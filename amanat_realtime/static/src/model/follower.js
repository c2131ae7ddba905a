import {lineModels} from "./datapoints";

/** The channels that one mounted model needs: its own, and those of its lines. */
export class Follower {
    /**
     * @param {{
     *  realtime: import("../core/realtime_service").RealtimeAPI,
     *  model: object,
     *  ignoresRoom: boolean,
     *  onChanges: (message: import("../core/message").ChangeMessage) => void,
     *  onCatchUp: () => void,
     * }} params
     */
    constructor(params) {
        Object.assign(this, params);
        /** @type {Map<string, () => void>} */
        this.stops = new Map();
    }

    /** @param {object} config of the root that is, or is about to be, on screen */
    follow(config) {
        const {resModel, context} = config;
        const room = this.ignoresRoom ? undefined : context?.amanat_realtime_room;
        const wanted = new Map([[`${resModel}/${room || ""}`, {resModel, room}]]);
        for (const lineModel of lineModels(config)) {
            if (lineModel !== resModel) {
                wanted.set(`${lineModel}/`, {resModel: lineModel});
            }
        }
        for (const [key, params] of wanted) {
            if (!this.stops.has(key)) {
                this.stops.set(
                    key,
                    this.subscribe(params, params.resModel === resModel)
                );
            }
        }
        for (const key of [...this.stops.keys()].filter((k) => !wanted.has(k))) {
            this.stops.get(key)();
            this.stops.delete(key);
        }
    }

    subscribe(params, isRoot) {
        const {model, onChanges, onCatchUp} = this;
        return this.realtime.subscribe({
            ...params,
            model,
            onChanges,
            onCatchUp: isRoot ? onCatchUp : undefined,
        });
    }

    stop() {
        this.stops.forEach((stop) => stop());
        this.stops.clear();
    }
}
