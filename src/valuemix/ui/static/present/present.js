// Steps through the pages of a presentation, one page at a time. All pages are there already: a step asks no server.

const PAUSE = 2500, SWIPE = 40, TAP = 10, DESK = Infinity;
const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
const shows = new WeakMap();

export default function present({ parentElement, setTriggerValue }) {
  let show = shows.get(parentElement);
  if (!show) { show = new Show(parentElement.querySelector(".bar")); shows.set(parentElement, show); }
  show.left = () => setTriggerValue("leave", true);
  return () => { show.end(); shows.delete(parentElement); };
}

class Show {
  constructor(bar) {
    this.bar = bar;
    this.at = placeIn(location.search);
    this.style = document.head.appendChild(document.createElement("style"));
    this.over = new AbortController();
    const listen = (target, name, does) => { target.addEventListener(name, event => does.call(this, event), { signal: this.over.signal }); };
    for (const name of ["back", "count", "next", "leave", "told"]) this[`${name}Part`] = bar.querySelector(`.${name}`);
    listen(this.backPart, "click", () => this.step(-1));
    listen(this.nextPart, "click", () => this.step(1));
    listen(this.leavePart, "click", this.leave);
    listen(bar, "click", event => { if (event.detail) event.target.blur(); }); // one that the mouse pressed lets the bar fade
    listen(document, "keydown", this.key);
    listen(document, "pointerdown", this.press);
    listen(document, "pointerup", this.release);
    listen(document, "pointercancel", () => { this.pressed = null; });
    for (const name of ["pointermove", "pointerdown", "focusin"]) listen(document, name, this.wake);
    this.arrivals = new MutationObserver(() => this.draw());
    this.arrivals.observe(bar.getRootNode().host.closest(".st-key-presentation"), { childList: true });
    this.draw();
    this.wake();
  }

  end() {
    this.over.abort();
    this.arrivals.disconnect();
    this.style.remove();
    clearTimeout(this.timer);
  }

  /** Slides that have arrived; the desk comes after them. */
  get slides() {
    let count = 0;
    while (document.querySelector(`.st-key-presentation-slide-${count}`)) count += 1;
    return count;
  }

  step(by) {
    const { slides } = this;
    if (!slides) return; // they are being made: no key jumps over them
    this.go(this.at === DESK ? slides + by : Math.min(this.at, slides - 1) + by);
  }

  go(to) {
    this.at = to >= this.slides ? DESK : Math.max(to, 0);
    const address = new URL(location.href);
    address.searchParams.set("slide", this.at === DESK ? "desk" : String(this.at + 1));
    history.replaceState(history.state, "", address);
    this.draw();
    this.wake();
    this.toldPart.textContent = this.countPart.textContent;
  }

  draw() {
    const { slides } = this, onDesk = this.at === DESK, place = onDesk ? slides : Math.min(this.at, slides - 1);
    this.style.textContent = `html .st-key-presentation .st-key-presentation-${onDesk ? "desk" : `slide-${place}`} { visibility: visible; opacity: 1; }`;
    this.countPart.textContent = slides ? `${place + 1} of ${slides + 1}` : "Making the slides …";
    this.backPart.disabled = place <= 0;
    this.nextPart.disabled = onDesk;
  }

  // -------------------------------------------------------------- keys, fingers and the mouse

  key(event) {
    const target = event.composedPath()[0], isIn = kinds => target instanceof Element && target.matches(kinds);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (!isIn("input:not([type=range]), textarea, [contenteditable]")) this.leave();
      return;
    }
    if (isIn("input, textarea, select, [contenteditable]") || (event.key === " " && isIn("button, summary, a"))) return;
    if (event.key in STEPS) this.step(STEPS[event.key]);
    else if (event.key === "Home") this.go(0);
    else if (event.key === "End") this.go(DESK);
    else return;
    event.preventDefault();
  }

  press(event) {
    const onSlide = this.at !== DESK && event.isPrimary && event.pointerType !== "mouse" && !event.composedPath().includes(this.bar);
    this.pressed = onSlide ? { x: event.clientX, y: event.clientY } : null;
  }

  release(event) {
    if (!this.pressed) return;
    const x = event.clientX - this.pressed.x, y = event.clientY - this.pressed.y;
    this.pressed = null;
    if (Math.abs(x) > SWIPE && Math.abs(x) > Math.abs(y)) this.step(x < 0 ? 1 : -1);
    else if (Math.hypot(x, y) < TAP) this.step(event.clientX < innerWidth / 2 ? -1 : 1);
  }

  /** The bar fades once nobody has moved for a while; on the desk it covers nothing and stays. */
  wake() {
    clearTimeout(this.timer);
    this.bar.classList.remove("idle");
    if (this.at !== DESK) this.timer = setTimeout(() => this.bar.classList.add("idle"), PAUSE);
  }

  leave() {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    focused?.blur(); // the desk commits what was moved
    this.left();
  }
}

function placeIn(search) {
  const found = new URLSearchParams(search).get("slide");
  return found === "desk" ? DESK : Math.max(1, Math.trunc(Number(found)) || 1) - 1;
}
