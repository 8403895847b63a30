// A slider of a weight or a size: its parts, and what is done with mouse, finger and keys.

import { SIZES } from "./mix.js";
import { element, style } from "./draw.js";

const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

export class Slider {
  constructor(desk, parent, name, index, color) {
    const box = element(parent, "div", "slider"), head = element(box, "div", "head"), sizes = color === null;
    const label = element(head, "label");
    if (!sizes) element(label, "i").style.background = color;
    label.append(name);
    label.title = name;
    const scores = element(head, "span", "scores");
    const hold = sizes || desk.mix.data.disciplines.length < 3 ? null : element(head, "button", "hold", "Hold");
    const exact = element(head, "input", "exact");
    const track = element(box, "div", "track"), bands = element(track, "div", "bands");
    const tick = element(bands, "div", "tick"), input = element(track, "input");
    const whose = element(box, "div", "whose");
    whose.ariaHidden = "true";
    tick.title = desk.mix.data.marked;
    Object.assign(input, { type: "range", min: 0, max: 100, step: 1, ariaLabel: name });
    input.id = `${sizes ? "size" : "weight"}-${index}`;
    label.htmlFor = input.id;
    Object.assign(exact, { type: "text", inputMode: "decimal", ariaLabel: `${name}, exact points`, autocomplete: "off", maxLength: 6 });
    Object.assign(this, { desk, index, sizes, input, exact, hold, scores, bands, tick, whose });
    this.listen();
  }

  get row() { return this.sizes ? SIZES : this.desk.mix.row; }

  moveTo(to) {
    this.desk.note = null;
    this.desk.mix.moveTo(this.row, this.index, to);
    this.desk.redraw();
  }

  /** A weight that was typed; where what is held leaves less room, that is told. */
  typed(to) {
    this.moveTo(to);
    const now = this.desk.mix.shownIn(this.row)[this.index], text = `${now} at most: the rest is held`;
    if (this.sizes || now >= to) return;
    this.desk.note = { index: this.index, row: this.row, text };
    this.desk.tell(`${this.input.ariaLabel}: ${text}`);
  }

  listen() {
    const { desk, input, exact, hold, index } = this;
    input.addEventListener("input", () => { this.moveTo(this.nearAnchor(Number(input.value))); });
    // A drag that ends where it began changes nothing, as far as the browser tells.
    for (const end of ["change", "pointerup", "pointercancel"]) input.addEventListener(end, () => desk.commit());
    input.addEventListener("keydown", event => {
      const now = desk.mix.shownIn(this.row)[index];
      const to = event.key === "Home" ? 0 : event.key === "End" ? 100 : event.key in KEYS ? now + KEYS[event.key] : null;
      if (desk.steps(event)) return;
      if (to !== null && !input.disabled) { event.preventDefault(); this.moveTo(Math.min(Math.max(to, 0), 100)); desk.later(); }
      else if (/^[0-9.,]$/.test(event.key) && !exact.disabled) {
        event.preventDefault(); exact.focus(); exact.value = event.key; exact.typed = true;
      } else if (event.key.toLowerCase() === "l" && hold) { event.preventDefault(); desk.hold(index); }
    });
    exact.addEventListener("focus", () => exact.select());
    exact.addEventListener("input", () => { exact.typed = true; });
    const set = () => {
      const text = exact.value.trim().replace(",", "."), to = Number(text);
      if (exact.typed && text && Number.isFinite(to)) this.typed(Math.round(Math.min(Math.max(to, 0), 100) * 10) / 10);
      exact.typed = false;
      desk.commit();
    };
    exact.addEventListener("blur", set);
    exact.addEventListener("keydown", event => {
      if (event.key === "Enter") { set(); exact.select(); }
      else if (event.key === "Escape") { exact.typed = false; input.focus(); desk.redraw(); }
      else desk.steps(event);
    });
    if (hold) {
      hold.type = "button";
      hold.ariaLabel = `Hold ${desk.mix.data.disciplines[index]}`;
      hold.addEventListener("click", () => desk.hold(index));
    }
  }

  /** A drag goes by whole points, and comes back to a start that is not whole. */
  nearAnchor(to) {
    const { row, index, desk: { mix } } = this;
    const kept = mix.anchor, first = kept && kept.row === row && kept.index === index ? kept.shown[index] : mix.shownIn(row)[index];
    return Math.abs(first - to) < 0.5 ? first : Math.round(to);
  }

  draw(row, isHeld) {
    const { index, input, exact, tick, desk: { mix } } = this;
    const shown = mix.shownIn(row), now = shown[index], step = shown.every(Number.isInteger) ? "1" : "0.1";
    if (input.step !== step) input.step = step;
    if (Number(input.value) !== now) input.value = now;
    input.disabled = exact.disabled = isHeld;
    if (!exact.typed && exact.value !== String(now)) exact.value = String(now);
    const saved = mix.data.saved && mix.data.saved.points[row];
    tick.hidden = !saved;
    if (saved) style(tick, { left: `${saved[index]}%` });
  }
}
