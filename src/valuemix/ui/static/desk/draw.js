// What the desk draws: the ranking as one SVG, and the tracks of its sliders. Texts are set as text only.

const SVG = "http://www.w3.org/2000/svg";
const NARROW = 560;

export function element(parent, name, className = "", text = "") {
  const made = parent.namespaceURI === SVG || name === "svg" ? document.createElementNS(SVG, name) : document.createElement(name);
  if (className) made.setAttribute("class", className);
  if (text) made.textContent = text;
  parent.appendChild(made);
  return made;
}

export function emptied(box) {
  box.replaceChildren();
  return box;
}

/** What was written last to a node: what is the same again costs the browser nothing, not even a look. */
const written = new WeakMap();

function differs(node, name, value) {
  let last = written.get(node);
  if (!last) written.set(node, (last = {}));
  if (last[name] === value) return false;
  last[name] = value;
  return true;
}

/** Set attributes that differ from those set last. */
export function set(node, attributes) {
  for (const name in attributes) if (differs(node, name, attributes[name])) node.setAttribute(name, attributes[name]);
}

/** Set styles that differ from those set last. */
export function style(node, styles) {
  for (const name in styles) if (differs(node, `style ${name}`, styles[name])) node.style[name] = styles[name];
}

export function say(node, text) {
  if (differs(node, "text", text)) node.textContent = text;
}

/** Rows of bars that glide to their place: one group a proposition, made once. */
export class Ranking {
  constructor(svg, names, colors) {
    this.svg = emptied(svg);
    this.names = names;
    this.colors = colors;
    this.width = 0;
    this.rows = names.map(name => {
      const row = element(svg, "g", "row");
      element(row, "title", "", name);
      const swatch = element(row, "rect", "swatch");
      const label = element(row, "text", "name"), value = element(row, "text", "value");
      const bars = colors.map(() => element(row, "rect", "bar"));
      const halo = element(row, "line", "halo"), saved = element(row, "line", "saved");
      return { row, swatch, label, value, bars, halo, saved };
    });
  }

  /** Room for names and bars in a width of pixels; names that do not fit are cut. */
  fit(width) {
    if (width === this.width || width <= 0) return;
    this.width = width;
    this.narrow = width < NARROW;
    this.height = this.narrow ? 31 : this.names.length > 12 ? 25 : 34;
    this.left = this.narrow ? 16 : Math.min(230, width * 0.34);
    this.right = 48;
    set(this.svg, { height: this.names.length * this.height, viewBox: `0 0 ${width} ${this.names.length * this.height}` });
    const room = this.narrow ? width - 16 - this.right : this.left - 26;
    const letters = this.rows.map(({ label }, p) => {
      set(label, { x: 16, y: this.narrow ? 11 : this.height / 2 + 4 });
      say(label, this.names[p]);
      set(label, { "font-weight": 600 }); // as it stands where it leads
      return Math.max(1, Math.floor((this.names[p].length * room) / label.getComputedTextLength()) - 2);
    });
    const ends = this.names.map((name, p) => (name.length <= letters[p] + 2 ? name : `${name.slice(0, letters[p]).trimEnd()}…`));
    const alike = ends.map(end => ends.indexOf(end) !== ends.lastIndexOf(end));
    /** Names that begin alike are told by their ends as well, wherever there is little room. */
    this.distinct = this.names.map((name, p) => (alike[p] ? middle(name, letters[p]) : name));
    this.rows.forEach(({ label }, p) => say(label, alike[p] ? this.distinct[p] : ends[p]));
    const box = this.svg.parentElement;
    if (box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }

  /** values and saved on 0 to 1; parts: contributions on 0 to 1 by discipline, or null; order: places, best first.
   * Whether any saved mark is shown. */
  draw({ values, parts, saved, order, printed, swatches }) {
    const room = this.width - this.left - this.right, top = this.narrow ? 16 : 4;
    let marked = false;
    const thick = this.height - top - (this.narrow ? 5 : 4);
    order.forEach((p, rank) => {
      const { row, swatch, label, value, bars, halo, saved: line } = this.rows[p];
      style(row, { transform: `translateY(${rank * this.height}px)` });
      set(swatch, { x: 0, y: this.narrow ? 2 : this.height / 2 - 5, width: 10, height: 10, rx: 2,
        visibility: swatches[p] ? "visible" : "hidden" });
      style(swatch, { fill: swatches[p] || "none" });
      set(label, { "font-weight": rank === 0 ? 600 : 400 });
      const known = values[p] !== null, end = this.left + (known ? values[p] : 0) * room;
      const before = saved && saved[p], mark = this.left + (before || 0) * room;
      const shown = known && before !== null && before !== undefined && Math.abs(before - values[p]) > 5e-4;
      const clear = shown && mark > end && mark < end + 44 ? mark : end; // a mark beside the bar leaves the number readable
      say(value, printed[p]);
      set(value, this.narrow ? { x: this.width - 4, y: 25, "text-anchor": "end" } : { x: clear + 7, y: this.height / 2 + 5 });
      let x = this.left;
      bars.forEach((bar, d) => {
        const part = !known ? 0 : parts ? parts[p][d] : d === 0 ? values[p] : 0;
        set(bar, { x, y: top, width: Math.max(0, part * room), height: thick });
        style(bar, { fill: parts ? this.colors[d] : "var(--tone-2)" });
        x += part * room;
      });
      marked = marked || shown;
      for (const each of [halo, line])
        set(each, { x1: mark, x2: mark, y1: top - 2, y2: top + thick + 2, visibility: shown ? "visible" : "hidden" });
    });
    return marked;
  }
}

/** A name that begins like another one, cut in its middle. */
function middle(name, letters) {
  const tail = Math.floor(letters / 2);
  return name.length <= letters + 2 ? name : `${name.slice(0, letters - tail).trimEnd()}…${name.slice(-tail).trimStart()}`;
}

/** Colour a track by who leads along it, and name the stretches that have room for a name. */
export function drawTrack(track, pieces, end, names, colorOf) {
  const stops = pieces.flatMap(({ from, to, leader }) => [`${colorOf(leader)} ${from}% ${to}%`]);
  if (end < 100) stops.push(`transparent ${end}% 100%`);
  style(track.bands, { background: `linear-gradient(to right, ${stops.join(", ")})` });
  const wide = pieces.filter(piece => piece.to - piece.from >= 9 && piece.leader !== null);
  while (track.whose.children.length < wide.length) element(track.whose, "span");
  [...track.whose.children].forEach((span, k) => {
    const piece = wide[k];
    say(span, piece ? names[piece.leader] : "");
    if (piece) style(span, { left: `${piece.from}%`, width: `${piece.to - piece.from}%` });
  });
}
