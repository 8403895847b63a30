// What the desk holds while it is used: points and sizes, the anchor of the slider in motion, and what
// Python has not yet acknowledged. It knows no document.

import { move, moveAll, movedMixes, rounded } from "./engine.js";

export const ALL = "all", SIZES = "sizes";
export const ALWAYS = -1; // all moments together

const same = (a, b) => a.length === b.length && a.every((each, i) => each === b[i]);
const copied = rows => rows.map(row => row.slice());
/** Points or sizes of a file, as parts of 100. */
const whole = points => {
  const total = points.reduce((sum, each) => sum + each, 0);
  return Math.abs(total - 100) < 1e-9 ? points : points.map(each => (each * 100) / total);
};
/** Weights in every moment of every segment, where moments move with their segment; null elsewhere. */
export const mixesIn = ({ mixes, mixed }) =>
  mixes || (mixed ? mixed.mixes.map((row, g) => row.map(each => each || mixed.given[g])) : null);
const isWhole = points => points.every(each => Math.abs(each - Math.round(each)) < 1e-9);

export class Mix {
  constructor() {
    this.client = Math.random().toString(36).slice(2);
    this.seq = this.anchors = 0;
    this.queue = [];
    this.open = null; // the gesture: the row whose points are not yet sent
    this.data = null;
  }

  /** Take what Python says; whether everything is new. What is pending here is newer than any points. */
  take(data) {
    const before = this.data, opened = before === null || data.epoch !== before.epoch;
    const elsewhere = !opened && (data.when ?? ALWAYS) !== (before.when ?? ALWAYS); // every point is of another moment
    this.data = data;
    if (opened) { this.queue = []; this.open = null; }
    if (data.client === this.client) this.queue = this.queue.filter(item => item.seq > data.ack);
    if (opened || elsewhere || !(this.pending || data.rev === before.rev)) {
      this.points = copied(data.points);
      this.mixes = mixesIn(data);
      this.sizes = data.sizes.slice();
      this.held = { ...data.held };
      this.shown = { ...data.shown };
      this.anchor = null;
      if (!this.queue.some(item => item.kind === "view")) {
        this.row = data.row;
        this.when = data.when ?? ALWAYS;
      }
    }
    return opened;
  }

  /** Whether another moment was chosen, whose points Python has not told yet. */
  get waits() { return this.when !== (this.data.when ?? ALWAYS); }

  get pending() { return this.open !== null || this.queue.length > 0; }

  heldIn(row) { return this.held[row] || []; }

  /** The points that the sliders of a row show: whole, or in tenths once one of them has a decimal. */
  shownIn(row) {
    if (!this.shown[row]) this.shown[row] = this.roundedIn(row);
    return this.shown[row];
  }

  roundedIn(row) {
    if (row === SIZES) return rounded(this.sizes);
    if (row !== ALL || this.points.length === 1) {
      const points = this.points[row === ALL ? 0 : Number(row)];
      return rounded(points, isWhole(whole(points)) ? 1 : 0.1);
    }
    const rows = this.points.map(whole), sizes = whole(this.sizes);
    return rounded(rows[0].map((_, d) => rows.reduce((sum, each, g) => sum + each[d] * sizes[g], 0)));
  }

  /** Move a slider: the others make room in the proportions of the anchor, which lasts until another one is touched. */
  moveTo(row, index, to) {
    const held = row === SIZES ? [] : this.heldIn(row);
    if (this.shownIn(row).length - held.length < 2) return; // nothing could make room
    if (!this.anchor || this.anchor.row !== row || this.anchor.index !== index || !same(this.anchor.held, held)) {
      const start = row === SIZES ? this.sizes.slice() : copied(this.points);
      this.anchors += 1;
      this.anchor = { id: this.anchors, row, index, held, start, mixes: this.mixes, shown: this.shownIn(row).slice() };
    }
    const { start, shown: first } = this.anchor, now = this.shownIn(row);
    const unit = isWhole([...now, ...first, to]) ? 1 : 0.1;
    const shown = move(now, index, to, { anchor: row === SIZES ? start : first, held, unit });
    if (same(shown, now)) return;
    const back = same(shown, first);
    if (row === SIZES) {
      const total = start.reduce((sum, each) => sum + each, 0), moved = moveAll([whole(start)], [1], index, shown[index])[0];
      this.sizes = back || shown[index] === first[index] ? start.slice() : moved.map(each => (each * total) / 100);
    } else if (row === ALL && this.points.length > 1) {
      this.points = back ? copied(start) : moveAll(start.map(whole), this.sizes, index, shown[index], { held }).map(each => rounded(each, 0.1));
    } else {
      const place = row === ALL ? 0 : Number(row);
      this.points[place] = back ? start[place].slice() : shown;
    }
    if (row !== SIZES) this.moveMixes();
    this.shown = row === SIZES ? { [SIZES]: shown } : { [SIZES]: this.shown[SIZES], [row]: shown };
    this.open = row;
  }

  /** Let the moments of every segment that moved go their share of its way, from where they stood at the anchor. */
  moveMixes() {
    const { start, mixes } = this.anchor;
    if (mixes) this.mixes = mixes.map((row, g) => movedMixes(row, whole(start[g]), whole(this.points[g])));
  }

  /** Weights in moments at the anchor of a slider. */
  mixesOf(row, index) {
    return this.anchorOf(row, index) === this.points ? this.mixes : this.anchor.mixes;
  }

  /** Points of every segment that the others keep their proportions of as one slider moves. */
  anchorOf(row, index) {
    const kept = this.anchor;
    return kept && kept.row === row && kept.index === index && row !== SIZES ? kept.start : this.points;
  }

  hold(index) {
    const held = this.heldIn(this.row), count = this.points[0].length;
    const next = held.includes(index) ? held.filter(i => i !== index) : [...held, index].sort((a, b) => a - b);
    if (next.length > count - 2) return false;
    this.held[this.row] = next;
    this.push({ kind: "hold", row: this.row, held: next });
    return true;
  }

  view(row, when = this.when) {
    this.close();
    Object.assign(this, { row, when, anchor: null });
    this.enqueue({ kind: "view", row, when });
  }

  /** End the gesture: one item, which is one step to undo. */
  close() {
    const row = this.open, anchor = this.anchor ? this.anchor.id : 0;
    this.open = null;
    if (row === null) return;
    const points = row === SIZES ? [this.sizes] : row === ALL ? this.points : [this.points[Number(row)]]; // as in the file, once it is back where it was
    this.enqueue({ kind: "points", row, when: this.when, anchor, points: copied(points), shown: this.shownIn(row) });
  }

  push(item) { this.close(); this.enqueue(item); }

  enqueue(item) { this.seq += 1; this.queue.push({ seq: this.seq, ...item }); }

  get commit() { return { client: this.client, epoch: this.data.epoch, items: this.queue }; }
}
