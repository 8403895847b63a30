// The tracks of the sliders, each coloured by who leads as its slider moves alone.

import { envelope } from "./engine.js";
import { ALL } from "./mix.js";
import { element, say, style } from "./draw.js";

export class Tracks {
  constructor(desk) {
    this.desk = desk;
    this.pieces = new Map(); // of each slider: who leads from where to where
  }

  /** What was known holds no more: scores or what is held are others. */
  forget() { this.pieces.clear(); }

  /** The track of the slider in motion stays as it is; where there is no closed form one other is drawn a frame. */
  draw(row) {
    const { desk } = this, { mix } = desk, { data } = mix, sliders = desk.sliders.weights;
    const key = i => JSON.stringify([row, mix.anchorOf(row, i), mix.heldIn(row), mix.sizes]);
    const linear = desk.straight && data.rho === 1 && (row !== ALL || data.eps === 0);
    let budget = linear ? Infinity : 1;
    for (const slider of sliders) {
      const wanted = linear && !(mix.anchor && mix.anchor.index === slider.index) ? null : key(slider.index);
      if (wanted !== null && slider.drawn === wanted && this.pieces.has(slider)) { this.paint(slider); continue; }
      if (budget-- <= 0) { desk.redraw(); continue; }
      slider.drawn = wanted;
      this.pieces.set(slider, this.along(row, slider.index));
      this.paint(slider);
    }
    if (desk.parts.sizes.open) for (const slider of desk.sliders.sizes) {
      const turned = data.propositions.map((_, p) => desk.bySegment.map(each => each[p]));
      const rho = data.eps === "max" ? "min" : 1 - data.eps;
      this.pieces.set(slider, envelope([{ scores: turned, weights: mix.sizes }], slider.index, { rho }));
      this.paint(slider);
    }
  }

  along(row, index) {
    const { scores, moments, mix } = this.desk, { rho, eps } = mix.data, anchor = mix.anchorOf(row, index);
    const places = row === ALL ? mix.points.map((_, g) => g) : [Number(row)];
    const mixes = mix.mixesOf(row, index), moving = g => moments && { ...moments[g], mixes: mixes[g] };
    const cases = places.map(g => ({ scores: scores[g], weights: mix.points[g], moments: moving(g) }));
    return envelope(cases, index, { held: mix.heldIn(row), anchor: places.map(g => anchor[g]), rho, eps, sizes: places.map(g => mix.sizes[g]) });
  }

  paint(slider) {
    const pieces = this.pieces.get(slider);
    if (pieces) drawTrack(slider, pieces, this.desk.ranking.distinct, this.desk.colors);
  }
}

/** Colour a track by who leads along it, and name the stretches that have room for a name. */
function drawTrack(track, pieces, names, colorOf) {
  const cuts = pieces.slice(1).map(({ from }) => `transparent ${from}%, var(--page) 0 calc(${from}% + 2px), transparent 0`);
  const painted = pieces.filter(({ leader }) => leader !== null).map(({ from, to, leader }) => {
    const width = to - from, left = width < 100 ? (from * 100) / (100 - width) : 0;
    return `${colorOf(leader)} ${left}% 0 / ${width}% 100% no-repeat`;
  });
  if (cuts.length) painted.unshift(`linear-gradient(to right, ${cuts.join(", ")})`);
  style(track.bands, { background: painted.join(", ") || "none" });
  const wide = pieces.filter(piece => piece.to - piece.from >= 9 && piece.leader !== null);
  while (track.whose.children.length < wide.length) element(track.whose, "span");
  [...track.whose.children].forEach((span, k) => {
    const piece = wide[k];
    say(span, piece ? names[piece.leader] : "");
    if (piece) style(span, { left: `${piece.from}%`, width: `${piece.to - piece.from}%` });
  });
}
