// The desk: weights that answer in the frame in which they move. Built once; then only texts, attributes
// and transforms change, in one drawing a frame. One commit a gesture goes to Python.

import { isStraight, overall, partsOver, values, valuesOver } from "./engine.js";
import { ALL, ALWAYS, SIZES, Mix } from "./mix.js";
import { Ranking, element, emptied, say, set, style } from "./draw.js";
import { Slider } from "./sliders.js";
import { leadOf, standingOf } from "./standing.js";
import { Tracks } from "./tracks.js";

const PAUSE = 250, RETRY = 5000;
const desks = new WeakMap();

export default function desk({ data, parentElement, setStateValue }) {
  let found = desks.get(parentElement);
  if (!found) { found = new Desk(parentElement); desks.set(parentElement, found); }
  found.send = commit => setStateValue("commit", commit);
  found.take(data);
}

class Desk {
  constructor(root) {
    this.root = root.querySelector(".desk");
    // What was not acknowledged when its page was left is sent again by the next desk of this browser tab.
    this.mix = globalThis.valuemixMix ??= new Mix();
    this.frame = this.shownAt = this.timer = 0;
    this.toned = [];
    this.tracks = new Tracks(this);
    const part = name => this.root.querySelector(name);
    this.parts = Object.fromEntries(
      ["leader", "degree", "by", "ranking", "key", "segments", "where", "weights", "sizes", "told"].map(name => [name, part(`.${name}`)]));
    this.parts.sliders = part(".sliders");
    this.where = element(this.parts.where, "span");
    this.how = element(this.parts.where, "div", "how");
    this.when = part(".when select");
    this.when.addEventListener("change", () => { this.mix.view(this.mix.row, Number(this.when.value)); this.commit(); });
    this.parts.sizes.addEventListener("toggle", () => this.redraw());
    this.root.addEventListener("focusout", () => this.commit());
    const left = new AbortController();
    document.addEventListener("visibilitychange", () => {
      if (this.root.isConnected) this.commit();
      else left.abort();
    }, { signal: left.signal });
    new ResizeObserver(() => {
      this.width = this.parts.ranking.parentElement.clientWidth; // read here, where it forces no layout
      this.redraw();
    }).observe(this.root);
  }

  // -------------------------------------------------------------- data from Python, commits to it

  take(data) {
    const before = this.ranking && this.mix.data;
    this.mix.take(data);
    const built = ({ propositions, disciplines, segments, colors }) => JSON.stringify([propositions, disciplines, segments, colors]);
    const { lowest, highest } = data.scale, width = highest - lowest;
    const asUnit = each => (each === null ? null : (each - lowest) / width);
    this.scores = data.scores.map(block => block.map(row => row.map(asUnit)));
    this.moments = data.mixed && momentsOf(data.mixed, asUnit);
    this.whole = !this.scores.some(lacksAny) && !(this.moments || []).some(each => each.scores.some(lacksAny));
    this.straight = !this.moments || this.moments.every(each => isStraight(each, data.rho));
    this.saved = data.saved && data.saved.values.map(row => row.map(asUnit));
    this.ledBefore = this.saved && this.saved.map(each => leadOf(each).leaders[0]);
    if (!before || built(before) !== built(data)) this.build();
    this.said = data.said;
    this.offerMoments(data.moments || []);
    this.ranges = new Map();
    this.tracks.forget();
    if (before) this.redraw();
    else this.commit();
  }

  commit() {
    clearTimeout(this.timer);
    this.mix.close();
    if (this.mix.queue.length && this.mix.seq !== this.sent) {
      this.sent = this.mix.seq;
      this.send(this.mix.commit);
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.again(), RETRY);
    }
    this.redraw();
  }

  /** What nobody acknowledged may have been lost with the connection: taking it twice does no harm. */
  again() {
    if (!this.root.isConnected || !this.mix.queue.length) return;
    this.sent = 0;
    this.commit();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(), PAUSE);
  }

  // -------------------------------------------------------------- building, once for the same names

  build() {
    const { data } = this.mix, { parts } = this;
    this.ranking = new Ranking(parts.ranking, data.propositions, data.colors);
    this.buttons = [ALL, ...data.segments.map((_, g) => String(g))].map(row => this.segmentButton(row));
    parts.segments.hidden = data.segments.length === 1;
    const heads = element(emptied(parts.segments), "div", "heads");
    for (const text of ["Segment", "Who is first", "Ahead by"]) element(heads, "span", "", text);
    parts.segments.append(...this.buttons.map(each => each.button));
    this.sliders = {
      weights: data.disciplines.map((name, i) => new Slider(this, emptiedOnce(parts.weights, i), name, i, data.colors[i])),
      sizes: data.segments.map((name, i) => new Slider(this, emptiedOnce(parts.sliders, i), name, i, null)),
    };
    this.toned = [];
    emptied(parts.key);
    data.disciplines.forEach((name, d) => {
      const each = element(parts.key, "span");
      element(each, "i").style.background = data.colors[d];
      each.append(name);
    });
    this.savedKey = element(parts.key, "span");
    element(this.savedKey, "i", "saved");
    this.savedKey.append(data.marked);
    this.partialKey = element(parts.key, "span", "", "* partial: scores are missing");
  }

  /** All moments or one of them, where there are any. */
  offerMoments(moments) {
    this.when.parentElement.hidden = !moments.length;
    const offered = JSON.stringify(moments);
    if (offered === this.offered) return;
    this.offered = offered;
    emptied(this.when);
    for (const [place, name] of [[ALWAYS, "All moments"], ...moments]) {
      element(this.when, "option", "", name).value = place;
      if (place === ALWAYS) element(this.when, "hr");
    }
  }

  /** Name of the moment in view, behind a comma; blank where that is all of them. */
  get inMoment() {
    const found = (this.mix.data.moments || []).find(([place]) => place === this.mix.when);
    return found ? `, ${found[1]}` : "";
  }

  segmentButton(row) {
    const button = document.createElement("button");
    button.type = "button";
    const name = element(button, "span", "name", row === ALL ? "All segments" : this.mix.data.segments[Number(row)]);
    const first = element(button, "span", "first"), gap = element(button, "span", "gap");
    button.addEventListener("click", () => { this.mix.view(row); this.commit(); });
    return { row, button, name, first, gap };
  }

  steps(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return false;
    event.preventDefault();
    this.mix.push({ kind: event.shiftKey ? "redo" : "undo" });
    this.commit();
    return true;
  }

  hold(index) {
    this.note = null;
    if (!this.mix.hold(index)) this.tell("Two weights at least stay free.");
    this.tracks.forget();
    this.commit();
  }

  tell(text) { say(this.parts.told, text); }

  // -------------------------------------------------------------- drawing, once a frame

  redraw() {
    this.stale = true;
    this.ask();
  }

  ask() {
    if (!this.frame) this.frame = requestAnimationFrame(now => this.show(now));
  }

  /** One frame: all of it where something changed, and the rows a part of their way. */
  show(now) {
    this.frame = 0;
    if (this.stale) this.draw();
    const gliding = this.ranking && this.ranking.glide(now - this.shownAt);
    this.shownAt = now;
    if (gliding) this.ask();
  }

  draw() {
    this.stale = false;
    const { mix, parts } = this, { data } = mix;
    if (!this.scores || !this.width) return;
    this.ranking.fit(this.width);
    this.bySegment = this.scores.map((block, g) =>
      this.moments ? valuesOver(this.moments[g], mix.mixes[g], data.rho) : values(block, mix.points[g], data.rho));
    this.allValues = data.segments.length === 1 ? this.bySegment[0] : overall(this.bySegment, mix.sizes, data.eps);
    const row = mix.row, found = this.valuesIn(row), standing = standingOf(found);
    this.colors = this.leaderColors();
    if (standing.leaders.length) this.colors(standing.leaders[0]);
    this.tracks.draw(row);
    this.drawSliders(row);
    this.drawRanking(row, found, standing);
    this.drawSegments();
    this.drawLead(row, found, standing);
    this.root.classList.toggle("moving", mix.pending);
    document.documentElement.classList.toggle("valuemix-moving", mix.pending); // what stands below is of before
  }

  /** Whether a value lacks a score that would count. */
  partialIn(row) {
    const { mix, scores } = this, alone = row !== ALL || scores.length === 1;
    if (this.whole) return () => false;
    const misses = (row, weights) => row.some((score, d) => score === null && weights[d] > 0);
    const lacks = (g, p) => !this.moments ? misses(scores[g][p], mix.points[g])
      : this.moments[g].scores.some((block, j) => this.moments[g].shares[j] > 0 && misses(block[p], mix.mixes[g][j]));
    return p => (alone ? lacks(row === ALL ? 0 : Number(row), p) : scores.some((_, g) => mix.sizes[g] > 0 && lacks(g, p)));
  }

  valuesIn(row) { return row === ALL ? this.allValues : this.bySegment[Number(row)]; }

  savedIn(row) { return this.saved && this.saved[row === ALL ? this.saved.length - 1 : Number(row)]; }

  /** A value as every page prints it: a half is rounded away from zero, which toFixed alone does not do. */
  print(unit, decimals = this.mix.data.decimals) {
    const { lowest, highest } = this.mix.data.scale, value = lowest + unit * (highest - lowest), factor = 10 ** decimals;
    const size = Math.floor(Math.abs(value) * factor + 0.5 + 1e-9) / factor;
    return unit === null ? "no value" : (Math.sign(value) * size).toFixed(decimals);
  }

  /** Each that leads somewhere takes the next tone, a grey or a hatching of two, and keeps it. */
  leaderColors() {
    return leader => {
      if (leader === null) return "none";
      if (!this.toned.includes(leader)) this.toned.push(leader);
      return `var(--tone-${this.toned.indexOf(leader) % 6})`;
    };
  }

  drawSliders(row) {
    const { mix } = this, held = mix.heldIn(row), free = mix.points[0].length - held.length;
    const mixText = mix.shownIn(row).map((each, i) => `${mix.data.disciplines[i]} ${each}`).join(", ");
    for (const slider of this.sliders.weights) {
      const { index, input, hold } = slider, isHeld = held.includes(index);
      slider.draw(row, isHeld);
      const points = `${mix.shownIn(row)[index]} points`;
      set(input, { "aria-valuetext": mixText.length < 300 ? `${points}; ${mixText}` : points });
      if (hold) {
        set(hold, { "aria-pressed": String(isHeld) });
        hold.disabled = !isHeld && free <= 2;
        say(hold, isHeld ? "Held" : "Hold");
      }
      const noted = this.note && this.note.row === row && this.note.index === index;
      say(slider.scores, noted ? this.note.text : this.scoresText(row, index));
    }
    if (this.parts.sizes.open) for (const slider of this.sliders.sizes) slider.draw(SIZES, false);
    const alone = mix.points.length === 1, always = mix.when === ALWAYS;
    this.parts.weights.inert = mix.waits; // until its points are here
    this.when.value = String(mix.when);
    this.parts.sizes.hidden = alone || !always;
    say(this.where, alone ? `Weights${this.inMoment}` : `Weights, ${row === ALL ? "all segments together" : mix.data.segments[Number(row)]}${this.inMoment}`);
    const mean = always ? "Mean by size" : "Mean by size and contacts";
    const together = alone || row !== ALL ? "" : `${mean}; a slider moves every segment the same share of its way. `;
    say(this.how, `${together}Under each slider: who is first as it alone moves.`);
  }

  /** From the least to the largest score, worked out once for what Python said. */
  scoresText(row, d) {
    const key = `${row} ${d}`;
    if (!this.ranges.has(key)) this.ranges.set(key, this.rangeOf(row, d));
    return this.ranges.get(key);
  }

  rangeOf(row, d) {
    const { data } = this.mix, blocks = row === ALL ? data.scores : [data.scores[Number(row)]];
    const known = blocks.flatMap(block => block.map(each => each[d])).filter(each => each !== null);
    if (!known.length) return "no scores";
    return `scores ${Math.min(...known).toFixed(data.decimals)} to ${Math.max(...known).toFixed(data.decimals)}`;
  }

  drawRanking(row, found, standing) {
    const { data } = this.mix, saved = this.savedIn(row), swatches = {}, half = this.partialIn(row);
    for (const pieces of this.tracks.pieces.values()) for (const { leader } of pieces) if (leader !== null) swatches[leader] = this.colors(leader);
    const marked = this.ranking.draw({
      values: found, parts: this.contributions(row), saved, order: standing.order, swatches,
      leaders: standing.leaders, printed: found.map((each, p) => (each === null ? "" : this.print(each) + (half(p) ? "*" : ""))),
    });
    this.savedKey.hidden = !marked;
    this.partialKey.hidden = !found.some((each, p) => each !== null && half(p));
    const best = standing.order.slice(0, 8).map(p => `${data.propositions[p]} ${this.print(found[p])}`);
    set(this.parts.ranking, { "aria-label": `Ranking, best first: ${best.join("; ")}` });
  }

  /** Parts of each value by discipline, on 0 to 1; null where a value is no sum of parts. */
  contributions(row) {
    const { mix } = this, { rho, eps } = mix.data;
    if (rho !== 1) return null;
    const alone = row !== ALL || mix.points.length === 1;
    if (alone) return this.partsIn(row === ALL ? 0 : Number(row));
    if (eps !== 0 || this.bySegment.some(each => each.includes(null))) return null;
    const total = mix.sizes.reduce((sum, size) => sum + size, 0), blocks = mix.points.map((_, g) => this.partsIn(g));
    return blocks[0].map((first, p) => first.map((_, d) => blocks.reduce((sum, block, g) => sum + (block[p][d] * mix.sizes[g]) / total, 0)));
  }

  partsIn(g) {
    if (this.moments) return partsOver(this.moments[g], this.mix.mixes[g], this.bySegment[g]);
    const points = this.mix.points[g];
    return this.scores[g].map(row => {
      const total = row.reduce((sum, score, d) => sum + (score === null ? 0 : points[d]), 0);
      return row.map((score, d) => (score === null || !total ? 0 : (score * points[d]) / total));
    });
  }

  drawSegments() {
    if (this.parts.segments.hidden) return;
    for (const { row, button, first, gap } of this.buttons) {
      const found = this.valuesIn(row), { leaders, second } = leadOf(found), place = row === ALL ? this.bySegment.length : row;
      const tied = leaders.length > 1;
      say(first, tied ? `${leaders.length} tie` : leaders.length ? this.ranking.distinct[leaders[0]] : "no value");
      say(gap, tied || second === undefined ? "" : this.gapOf(found, leaders[0], second, ["+", "<"]));
      set(button, { "aria-pressed": String(row === this.mix.row) });
      button.classList.toggle("changed", Boolean(this.ledBefore) && this.ledBefore[place] !== leaders[0]);
    }
  }

  /** How far one is ahead: the difference of the values as printed, or of respondents' with a digit more as estimated. */
  gapOf(found, first, second, [more, less] = ["", "less than "]) {
    const { decimals, lead_decimals: finer, scale } = this.mix.data, unit = 10 ** -finer;
    const apart = finer > decimals ? (found[first] - found[second]) * (scale.highest - scale.lowest)
      : Number(this.print(found[first])) - Number(this.print(found[second]));
    return apart >= unit / 2 - 1e-9 ? more + (Math.floor(apart / unit + 0.5 + 1e-9) * unit).toFixed(finer) : less + unit.toFixed(finer);
  }

  drawLead(row, found, { leaders, second }) {
    const { parts, mix } = this, { propositions } = mix.data, half = this.partialIn(row);
    const names = leaders.map(p => (half(p) ? `${propositions[p]} (partial value)` : propositions[p]));
    const tied = leaders.length > 1;
    say(parts.leader, names.length > 3 ? `${names.length} propositions` : names.join(" and "));
    const known = !mix.pending && this.said.row === row && leaders.length === 1 && this.said.leader === leaders[0];
    say(parts.degree, known ? this.said.words : unsure(leaders.length, second));
    say(parts.by, tied || second === undefined ? "" : `by ${this.gapOf(found, leaders[0], second)} over ${propositions[second]}`);
    const news = `${row} ${names}`;
    if (this.news && this.news !== news && this.news.split(" ")[0] === row && names.length)
      this.tell(`${names.join(" and ")} now ${tied ? "tie" : "first"} ${row === ALL ? "overall" : `in ${mix.data.segments[Number(row)]}`}`);
    this.news = news;
  }
}

/** Scores in every moment of each segment on 0 to 1, its own or the segment's, and how much each counts. */
function momentsOf({ shares, scores, own, over }, asUnit) {
  const given = scores.map(block => block.map(row => row.map(asUnit)));
  const found = shares.map((row, g) => ({ shares: row, over, scores: row.map(() => given[g].slice()) }));
  for (const [g, j, p, row] of own)
    found[g].scores[j][p] = row.map((each, d) => (each === null ? given[g][p][d] : asUnit(each)));
  return found;
}

/** Whether any score of a block is missing. */
function lacksAny(block) { return block.some(row => row.includes(null)); }

/** What can be said of a lead whose certainty Python has not told: no more than that it is one. */
function unsure(leaders, second) {
  if (!leaders) return "No proposition has a value";
  if (leaders > 1) return "tie";
  return second === undefined ? "is the only one with a value" : "is ahead now";
}

function emptiedOnce(box, place) { return place === 0 ? emptied(box) : box; }
