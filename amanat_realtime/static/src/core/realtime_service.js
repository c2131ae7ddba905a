import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {EventBus, toRaw} from "@odoo/owl";
import {ActionSubscriptions, NOTIFICATION_TYPE} from "./action_subscriptions";
import {ChannelRefs, channelName, modelOfChannel} from "./channel_refs";
import {followedReads} from "./followed_reads";
import {forgetReports, guarded, report} from "./log";
import {
    EVERY_ROOM,
    forOwnTab,
    isSaidIn,
    MalformedMessage,
    MESSAGE_TYPE,
    readMessage,
} from "./message";
import {isLiveModel} from "./live_models";
import {NotificationFeed} from "./notification_feed";
import {OwnWriters} from "./own_writers";
import {ServerClock} from "./server_clock";
import {SETTINGS_TYPE, SettingsReader} from "./settings_reader";
import {tabId} from "./tab_id";
import {watchClock} from "../connection/clock_jump";
import {Connection} from "../connection/connection";
import {peekNotifications} from "../connection/peek";
import {checkSession, isSessionExpired} from "../connection/session_check";
import {ModelPatcher} from "../model/patcher";
import {LatencySampler} from "../monitoring/latency_sampler";

/**
 * @typedef {import("./message").ChangeMessage} ChangeMessage
 *
 * @typedef {{
 *  resModel: string,
 *  room?: string,
 *  model?: object,
 *  onChanges: (message: ChangeMessage) => void,
 *  onCatchUp?: () => void,
 * }} SubscriptionParams `model`: the relational model that follows, which is not told
 *  what it wrote itself; `onCatchUp`: the connection was lost for a while, messages may
 *  be missing, read again.
 *
 * @typedef {import("./action_subscriptions").Notification} Notification
 *
 * @typedef {(
 *  target: string | SubscriptionParams,
 *  callback?: (payload: Notification) => void
 * ) => () => void} Subscribe to what programs send under the name of an action, which the
 *  callback gets, or to the changes of a live model; call what it returns to stop
 *
 * @typedef {{
 *  register: (model: object, component?: object) => ModelPatcher,
 *  unregister: (model: object) => void,
 *  subscribe: Subscribe,
 *  isLive: (resModel: string) => boolean,
 *  patcherOf: (model: object) => ModelPatcher | undefined,
 *  listen: (type: string, onMessage: (payload: object) => void) => void,
 *  isFollowed: (resModel: string, room?: string) => boolean,
 *  events: EventBus,
 *  ownWriters: OwnWriters,
 *  connection: Connection,
 *  tabId: string,
 * }} RealtimeAPI `events` triggers "RECONNECTED" when messages may have been missed,
 *  "SETTINGS" when it may have changed what is live
 */

export const CATCH_UP_JITTER = 2000;
/** Whoever comes back within this time finds what they left, up to date. */
export const LINGER = 5 * 60_000;

/** The only part of the addon that talks to the bus: one instance per tab. */
export class RealtimeService {
    static Patcher = ModelPatcher;

    constructor(env, services) {
        this.env = env;
        this.bus = services.bus_service;
        this.setup();
    }

    setup() {
        forgetReports();
        followedReads.reset();
        this.tabId = tabId;
        this.events = new EventBus();
        this.clock = new ServerClock();
        const isOn = Boolean(session.amanat_realtime?.samples);
        this.sampler = new LatencySampler({isOn});
        this.channels = new ChannelRefs(this.bus);
        /** @type {Set<SubscriptionParams>} */
        this.subscriptions = new Set();
        this.actions = new ActionSubscriptions({
            isFollowed: (resModel, room) => this.isFollowed(resModel, room),
        });
        this.patchers = new Map();
        this.ownWriters = new OwnWriters();
        /** @type {Set<import("../reports/live_report").LiveReport>} */
        this.reports = new Set();
        this.missedMessages = false;
        this.feed = new NotificationFeed(this.bus, {
            onHeard: () => this.connection.onHeard(),
        });
        this.feed.subscribe(MESSAGE_TYPE, (payload) => this.onNotification(payload));
        this.feed.subscribe(NOTIFICATION_TYPE, (payload) =>
            this.actions.onNotification(payload)
        );
        this.settings = new SettingsReader({onRead: () => this.onSettings()});
        this.feed.subscribe(SETTINGS_TYPE, () => this.settings.request());
        this.connection = new Connection(this.bus, {
            poll: ({isFirst}) =>
                peekNotifications({
                    channels: this.channels.names,
                    last: this.feed.lastId,
                    isFirst,
                }),
            isFollowing: () => this.channels.names.length + this.actions.size > 0,
            onPolled: (notifications) => this.feed.deliver(notifications),
            onGap: () => this.requestCatchUp(),
        });
        this.bus.addEventListener("BUS:DISCONNECT", () => {
            this.missedMessages = true;
            followedReads.interrupt();
        });
        this.bus.addEventListener("BUS:RECONNECT", () => this.onReconnected());
        this.bus.addEventListener("BUS:CONNECT", () => {
            // Coming back online is announced as a first connection.
            if (this.missedMessages) {
                this.onReconnected();
            }
        });
        watchClock(() => {
            followedReads.forget();
            this.requestCatchUp();
        });
    }

    /**
     * @param {string} resModel
     */
    isLive(resModel) {
        return isLiveModel(resModel);
    }

    /**
     * Make a relational model live. It follows its channel from its first load on.
     */
    register(model, component) {
        const patcher = new this.constructor.Patcher(this, this.env, model, component);
        this.patchers.set(toRaw(model), patcher);
        return patcher;
    }

    unregister(model) {
        this.patchers.get(toRaw(model))?.destroy();
        this.patchers.delete(toRaw(model));
    }

    patcherOf(model) {
        return this.patchers.get(toRaw(model));
    }

    /** @type {Subscribe} */
    subscribe(target, callback) {
        return typeof target === "string"
            ? this.subscribeToAction(target, callback)
            : this.subscribeToModel(target);
    }

    subscribeToAction(action, callback) {
        const stop = this.actions.subscribe(action, callback);
        this.connection.onFollowing();
        return stop;
    }

    /** A model that is not live is followed as soon as it becomes so. */
    subscribeToModel(params) {
        const subscription = {...params, release: null};
        this.subscriptions.add(subscription);
        this.follow(subscription);
        return () => {
            const {release} = subscription;
            if (this.subscriptions.delete(subscription) && release) {
                browser.setTimeout(release, LINGER);
            }
        };
    }

    follow(subscription) {
        const {resModel, room} = subscription;
        if (this.isLive(resModel)) {
            subscription.release = this.channels.acquire(channelName(resModel, room));
            this.connection.onFollowing();
        }
    }

    /** Models were switched on or off: views that are open follow, or stop to. */
    onSettings() {
        for (const channel of this.channels.names) {
            if (!this.isLive(modelOfChannel(channel))) {
                this.channels.drop(channel);
            }
        }
        for (const subscription of this.subscriptions) {
            if (!this.isLive(subscription.resModel)) {
                subscription.release = null;
            } else if (!subscription.release) {
                this.follow(subscription);
                guarded("catching up failed", () => subscription.onCatchUp?.());
            }
        }
        this.events.trigger("SETTINGS");
    }

    /**
     * Messages of another type, of all channels that any tab follows.
     *
     * @param {string} type
     * @param {(payload: object) => void} onMessage
     */
    listen(type, onMessage) {
        this.feed.subscribe(type, onMessage);
    }

    /**
     * @param {string} resModel
     * @param {string} [room]
     */
    isFollowed(resModel, room) {
        return this.channels.has(channelName(resModel, room));
    }

    /** @param {ChangeMessage} message */
    isHeard({model, room}) {
        return room === EVERY_ROOM
            ? this.channels.hasRoomOf(model)
            : this.isFollowed(model, room);
    }

    onNotification(payload) {
        const message = guarded("unreadable message ignored", () => this.read(payload));
        // Every tab hears the channels of all tabs: keep to what is followed here.
        if (!message || !this.isHeard(message)) {
            return;
        }
        followedReads.forget();
        for (const subscription of [...this.subscriptions]) {
            const {model, onChanges} = subscription;
            if (isSaidIn(message, subscription)) {
                const told = this.forFollower(message, model);
                guarded("a follower failed", () => told && onChanges(told));
            }
        }
    }

    /** Who wrote shows it already; other views in this tab have to be told. */
    forFollower(message, model) {
        if (message.tab !== this.tabId) {
            return message;
        }
        return this.ownWriters.isOnly(model)
            ? forOwnTab(message)
            : {...message, by: undefined};
    }

    /**
     * @returns {ChangeMessage | null}
     */
    read(payload) {
        try {
            const message = readMessage(payload);
            this.clock.observe(message?.at ?? null);
            return message;
        } catch (error) {
            if (error instanceof MalformedMessage) {
                report(`malformed message ignored (${error.message})`, payload, "warn");
                return null;
            }
            throw error;
        }
    }

    onReconnected() {
        this.missedMessages = false;
        followedReads.resume();
        this.events.trigger("RECONNECTED");
        this.requestCatchUp();
    }

    /** Not all browsers at once, and once for all reasons that come together. */
    requestCatchUp() {
        this.catchUpTimer ||= browser.setTimeout(() => {
            this.catchUpTimer = null;
            this.catchUp();
        }, Math.random() * CATCH_UP_JITTER);
    }

    async catchUp() {
        try {
            await checkSession();
        } catch (error) {
            if (isSessionExpired(error)) {
                this.connection.onSessionExpired();
                return;
            }
        }
        for (const {onCatchUp} of this.subscriptions) {
            guarded("catching up failed", () => onCatchUp?.());
        }
    }
}

export const realtimeService = {
    dependencies: ["amanat_realtime_toasts", "bus_service", "editing_state", "orm"],

    /** @returns {RealtimeAPI} */
    start(env, services) {
        return new RealtimeService(env, services);
    },
};

registry.category("services").add("amanat_realtime", realtimeService);
