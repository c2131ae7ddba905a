import {loadJS} from "@web/core/assets";
import {report} from "../core/log";

const LIBRARY = "/web/static/lib/diff_match_patch/diff_match_patch.js";
const LONG = 80;

/**
 * @typedef {{kind: "same" | "mine" | "theirs", text: string}} Segment what both texts
 *  have, or only one of them
 */

/** @returns {boolean} whether a text is too long to be compared at a glance */
export function isLong(text) {
    return text.length > LONG || text.includes("\n");
}

/** Loaded when it is needed, once. */
export const diffLibrary = {
    loaded: null,

    async load() {
        if (!this.loaded) {
            await loadJS(LIBRARY);
            // It puts itself on the outermost window.
            this.loaded = window.top.DiffMatchPatch;
        }
        return this.loaded;
    },
};

/**
 * Stands for each word by one character, so that words are compared: changed letters
 * inside of words are hard to read.
 */
class Words {
    static PATTERN = /[\p{L}\p{M}\p{N}_]+|[^]/gu;
    static SURROGATES = 0xd800;

    constructor() {
        this.words = [];
        this.codes = new Map();
    }

    codeOf(word) {
        if (!this.codes.has(word)) {
            const index = this.words.push(word);
            const isBelow = index < Words.SURROGATES;
            this.codes.set(word, isBelow ? index : index + 0x800);
        }
        return String.fromCharCode(this.codes.get(word));
    }

    encode(text) {
        return (text.match(Words.PATTERN) || []).map((w) => this.codeOf(w)).join("");
    }

    decode(codes) {
        const indexOf = (code) => (code < Words.SURROGATES ? code : code - 0x800) - 1;
        return [...Array(codes.length).keys()]
            .map((i) => this.words[indexOf(codes.charCodeAt(i))])
            .join("");
    }

    /** There are not more characters than this. */
    get isFull() {
        return this.words.length >= 0xf000;
    }
}

/**
 * @param {string} mine
 * @param {string} theirs
 * @returns {Promise<Segment[] | null>} null when they cannot be compared: without the
 *  library, or with very many words
 */
export async function diffSegments(mine, theirs) {
    try {
        const DiffMatchPatch = await diffLibrary.load();
        const kinds = {
            [DiffMatchPatch.DIFF_DELETE]: "mine",
            [DiffMatchPatch.DIFF_EQUAL]: "same",
            [DiffMatchPatch.DIFF_INSERT]: "theirs",
        };
        const words = new Words();
        const differ = new DiffMatchPatch();
        const encoded = [mine, theirs].map((text) => words.encode(text));
        if (words.isFull) {
            return null;
        }
        const diffs = differ.diff_main(...encoded);
        differ.diff_cleanupSemantic(diffs);
        return diffs.map(({0: kind, 1: codes}) => ({
            kind: kinds[kind],
            text: words.decode(codes),
        }));
    } catch (error) {
        report("could not compare texts", error, "warn");
        return null;
    }
}
