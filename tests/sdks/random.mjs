// Random values that are the same on every run.

export class Random {
  constructor(seed) {
    this.state = seed;
  }

  /** Returns a number from 0 up to but excluding 1, by the algorithm mulberry32. */
  number() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Returns an integer from 0 up to but excluding a limit. */
  below(limit) {
    return Math.floor(this.number() * limit);
  }

  /** Whether an event of this probability happens. */
  chance(probability) {
    return this.number() < probability;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** Returns a list of 0 to `most` items. */
  list(most, item) {
    return Array.from({ length: this.below(most + 1) }, () => item());
  }
}
