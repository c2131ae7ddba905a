/** A small generator of numbers that look random: the same ones for the same seed. */
export class Prng {
    /** @param {number} seed */
    constructor(seed) {
        this.state = seed >>> 0;
    }

    /** @returns {number} from 0 up to 1, as `Math.random` */
    next() {
        // Mulberry32
        this.state = (this.state + 0x6d2b79f5) >>> 0;
        let bits = this.state;
        bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
        bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
        return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
    }

    /** @param {number} limit */
    int(limit) {
        return Math.floor(this.next() * limit);
    }

    /** @param {number} probability */
    chance(probability) {
        return this.next() < probability;
    }

    pick(array) {
        return array[this.int(array.length)];
    }

    /** @returns {any[]} some elements, in their order */
    some(array, count) {
        const chosen = new Set();
        while (chosen.size < Math.min(count, array.length)) {
            chosen.add(this.int(array.length));
        }
        return array.filter((_, index) => chosen.has(index));
    }

    /** @param {[number, any][]} weighted */
    weighted(weighted) {
        let left = this.next() * weighted.reduce((sum, [weight]) => sum + weight, 0);
        for (const [weight, value] of weighted) {
            left -= weight;
            if (left < 0) {
                return value;
            }
        }
        return weighted.at(-1)[1];
    }
}
