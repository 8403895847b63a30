// Nodes that are written only where they change, and the ranking. Texts are set as text only.

const NARROW = 560, STILL = matchMedia("(prefers-reduced-motion: reduce)");
const GLIDE = 60; // milliseconds in which a row goes two thirds of its way

export function element(parent, name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
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

/** Set a text that differs from the one set last, in the node that holds it: a new node costs the most of a frame. */
export function say(node, text) {
  if (!differs(node, "text", text)) return;
  if (node.firstChild) node.firstChild.data = text;
  else node.textContent = text;
}

/** Rows of bars that glide to their place, made once a proposition. All of them are sized here, so that a frame writes
 * transforms, texts in boxes of their own, and one background a row: the browser need not lay the page out anew. */
export class Ranking {
  constructor(box, names, colors) {
    this.box = emptied(box);
    this.names = names;
    this.stacked = colors.map(painted).join(", ");
    this.width = 0;
    this.rows = names.map(name => {
      const row = element(box, "div", "row");
      row.title = name;
      const [swatch, label, bar, saved, value] = ["swatch", "name", "bar", "saved", "value"].map(part => element(row, "span", part));
      return { row, swatch, label, bar, saved, value };
    });
  }

  /** Room for names and bars in a width of pixels; names that do not fit are cut. */
  fit(width) {
    if (width === this.width || width <= 0) return;
    this.width = width;
    this.narrow = width < NARROW;
    this.height = this.narrow ? 31 : this.names.length > 12 ? 25 : 34;
    this.right = 48;
    this.box.classList.toggle("narrow", this.narrow);
    this.box.style.height = `${this.names.length * this.height}px`;
    this.box.style.setProperty("--height", `${this.height}px`);
    this.leave(this.narrow ? 16 : Math.min(230, width * 0.34));
    this.rows.forEach(({ label }, p) => {
      say(label, this.names[p]);
      style(label, { fontWeight: 600 }); // as it stands where it leads
    });
    const needed = Math.max(...this.rows.map(({ label }) => label.scrollWidth + 28));
    if (!this.narrow && needed > this.left) this.leave(Math.min(needed, Math.max(this.left, width * 0.46)));
    const letters = Math.min(...this.rows.map(({ label }, p) =>
      label.scrollWidth > label.clientWidth ? Math.floor((this.names[p].length * label.clientWidth) / label.scrollWidth) - 2 : Infinity));
    const short = shortened(this.names, Math.max(4, letters));
    /** Names that begin alike are told apart wherever there is little room. */
    this.distinct = this.names.map((name, p) => (short[p].slice(0, -1) === name.slice(0, short[p].length - 1) ? name : short[p]));
    this.rows.forEach(({ label }, p) => say(label, short[p]));
    const around = this.box.parentElement;
    if (around.scrollHeight > around.clientHeight + 1) around.tabIndex = 0;
    else around.removeAttribute("tabindex");
  }

  /** Leave so many pixels for swatches and names. */
  leave(left) {
    this.left = left;
    this.box.style.setProperty("--left", `${left}px`);
  }

  /** Give a row its place: it glides to another one, and stands there at once where the height of all is new. */
  rank(own, rank) {
    own.place = rank * this.height;
    if (own.rank === rank && own.height === this.height) return;
    if (own.height !== this.height) {
      own.y = own.place;
      style(own.row, { transform: `translateY(${own.y}px)` });
    }
    set(own.row, { "data-rank": rank });
    Object.assign(own, { rank, height: this.height });
  }

  /** Move every row towards its place, all the way where nothing may glide; whether one is still on its way. Written by
   * hand: animations of the browser cost every frame they last more than all else that is drawn. */
  glide(passed) {
    const share = STILL.matches ? 1 : 1 - Math.exp(-Math.min(passed, 50) / GLIDE);
    let moving = false;
    for (const own of this.rows) {
      const rest = own.place - own.y;
      if (!rest) continue;
      own.y = Math.abs(rest) < 0.5 ? own.place : own.y + rest * share;
      style(own.row, { transform: `translateY(${own.y.toFixed(1)}px)` });
      moving ||= own.y !== own.place;
    }
    return moving;
  }

  /** values and saved on 0 to 1; parts: contributions on 0 to 1 by discipline, or null; order: places, best first.
   * Whether any saved mark is shown. */
  draw({ values, parts, saved, order, leaders, printed, swatches }) {
    const room = this.width - this.left - this.right;
    let marked = false;
    order.forEach((p, rank) => {
      const { swatch, label, bar, saved: line, value } = this.rows[p];
      this.rank(this.rows[p], rank);
      style(swatch, { background: swatches[p] || "none", visibility: swatches[p] ? "visible" : "hidden" });
      style(label, { fontWeight: leaders.includes(p) ? 600 : 400 });
      const known = values[p] !== null, end = (known ? values[p] : 0) * room;
      const before = saved && saved[p], mark = (before || 0) * room;
      const shown = known && before !== null && before !== undefined && Math.abs(before - values[p]) > 5e-4;
      const clear = shown && mark > end && mark < end + 44 ? mark : end; // a mark beside the bar leaves the number readable
      say(value, printed[p]);
      style(value, { transform: this.narrow ? "" : `translateX(${(clear + 7).toFixed(1)}px)` });
      let x = 0;
      const ends = known && parts ? parts[p].map(part => (x += part * room)) : [end];
      style(bar, {
        backgroundImage: parts ? this.stacked : painted("var(--mid)"),
        backgroundSize: ends.map(each => `${Math.max(0, each).toFixed(1)}px 100%`).join(", "),
      });
      marked = marked || shown;
      style(line, { transform: `translateX(${mark.toFixed(1)}px)`, visibility: shown ? "visible" : "hidden" });
    });
    return marked;
  }
}

function painted(color) { return `linear-gradient(${color}, ${color})`; }

/** Names of so many letters at most that still differ: cut at their ends, and where that makes them look alike, around
 * the words in which they differ; see short_names in wording.py. */
function shortened(names, letters) {
  const kept = names.map(name => cut(name, letters));
  for (const end of new Set(kept.filter((each, p) => kept.indexOf(each) !== p))) {
    const places = kept.flatMap((each, p) => (each === end ? [p] : []));
    toldApart(places.map(p => names[p]), letters).forEach((own, at) => { kept[places[at]] = own; });
  }
  return kept.map((name, p) => (kept.indexOf(name) === p ? name : `${middle(names[p], letters - 4)} (${p + 1})`));
}

function toldApart(names, letters) {
  const start = names[0].lastIndexOf(" ", alike(names) - 1) + 1, reversed = names.map(name => [...name.slice(start)].reverse().join(""));
  const same = alike(reversed), end = same ? names[0].slice(-same) : "";
  const shared = end.includes(" ") ? end.slice(end.indexOf(" ")) : "";
  if (!start && !shared) return names.map(name => middle(name, letters));
  const cores = shortened(names.map(name => name.slice(start, name.length - shared.length)), Math.max(2, Math.floor(letters * (start ? 0.6 : 0.95))));
  return cores.map(core => {
    const own = shared && !core.endsWith("…") ? `${core}…` : core;
    return `${cut(names[0].slice(0, start).trimEnd(), Math.max(1, letters - own.length - 1))} ${own}`.trimStart();
  });
}

/** With how many letters all of them begin. */
function alike(names) {
  const most = Math.min(...names.map(name => name.length));
  let count = 0;
  while (count < most && names.every(name => name[count] === names[0][count])) count++;
  return count;
}

/** A name cut at its end, without a part of a word where half of it is left. */
function cut(name, letters) {
  if (name.length <= letters) return name;
  const kept = name.slice(0, Math.max(1, letters - 1)), space = kept.lastIndexOf(" ");
  const inside = /[\p{L}\p{N}]{2}/u.test(name.slice(kept.length - 1, kept.length + 1));
  return `${(inside && space >= kept.length / 2 ? kept.slice(0, space) : kept).replace(/[ ,;:]+$/, "")}…`;
}

function middle(name, letters) {
  const tail = Math.floor(letters / 2);
  return name.length <= letters ? name : `${name.slice(0, Math.max(1, letters - tail - 1)).trimEnd()}…${name.slice(-tail).trimStart()}`;
}
