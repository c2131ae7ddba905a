import {onWillDestroy, onWillStart, useEnv, useState} from "@odoo/owl";
import {LiveRead} from "./live_read";

/**
 * Keep a component in step with what it has read.
 *
 * @template T
 * @param {{resModels: string[], read: () => Promise<T>}} params `resModels`: live models;
 *  when one of them changes, it is read again
 * @returns {{data: T, isStale: boolean, refresh: () => Promise<void>}} reactive;
 *  `isStale`: the last read has failed
 */
export function useLiveRead({resModels, read}) {
    const env = useEnv();
    const state = useState({data: null, isStale: false});
    const live = new LiveRead({
        realtime: env.services.amanat_realtime,
        resModels,
        read,
        onRead: (data) => Object.assign(state, {data, isStale: false}),
        onFailure: () => (state.isStale = true),
    });
    state.refresh = () => live.readNow();
    onWillStart(async () => {
        live.start();
        await live.readNow();
    });
    onWillDestroy(() => live.stop());
    return state;
}
