// The desk in a file that was sent: what the app does for it is done here. Nothing leaves the page but
// a code that somebody copies.

const page = document.getElementById("desk"), sent = JSON.parse(document.getElementById("desk-data").textContent);
const root = page.attachShadow({ mode: "open" });
root.append(page.querySelector("template").content);
const part = name => root.querySelector(`.${name}`);
const [undo, reset, copy, name, code, note, asSent] =
  ["undo", "reset", "copy", "by", "code", "note", "as-sent"].map(each => part("sending").querySelector(`.${each}`));

const first = { points: sent.points, sizes: sent.sizes, mixes: mixesIn(sent) }, agreed = { epoch: 1, rev: 0, client: "", ack: 0, row: ALL, held: {}, shown: {} };
let now = first, past = [], future = [];
const equal = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const taken = {
  points({ row, points }) {
    const rows = row === ALL ? points : now.points.map((each, g) => (String(g) === row ? points[0] : each));
    edit(row === SIZES ? { ...now, sizes: points[0] } : { ...now, points: rows, mixes: globalThis.valuemixMix.mixes });
  },
  hold({ row, held }) { agreed.held = { ...agreed.held, [row]: held }; },
  view({ row }) { agreed.row = row; },
  undo() { step(past, future); },
  redo() { step(future, past); },
};

function edit(next) {
  if (equal(next, now)) return;
  past.push(now);
  future = [];
  now = next;
}

function step(from, to) {
  if (!from.length) return;
  to.push(now);
  now = from.pop();
  agreed.rev += 1;
}

function take({ client, items }) {
  for (const item of items) if (item.seq > agreed.ack) { agreed.ack = item.seq; taken[item.kind](item); }
  agreed.client = client;
  show();
}

function show() {
  const { row } = agreed, same = equal(now, first), { leader, words } = sent.said[row];
  // How sure a lead is was found for the weights as sent: of others it is only said who is ahead.
  const said = same ? { row, leader, words } : { row, leader: null, words: "" };
  desk({ data: { ...sent, ...agreed, ...now, said }, parentElement: root, setStateValue: (_, commit) => take(commit) });
  undo.disabled = !past.length;
  reset.disabled = same;
  say(asSent, same || leader === null ? "" : `As sent: ${sent.propositions[leader]} ${words.replace(/,$/, "")}`);
  say(note, "");
  code.value = written();
}

function written() {
  const numbers = row => row.map(String).join("_"), by = name.value.replace(/[\ud800-\udfff]/gu, "").trim();
  const parts = [sent.mark, ...now.points.map(numbers)];
  if (!equal(now.sizes, first.sizes)) parts.push(`sizes=${numbers(now.sizes)}`);
  if (by) parts.push(`by=${encodeURIComponent(by)}`);
  return parts.join("~");
}

async function copied() {
  code.hidden = false;
  code.focus();
  code.select();
  try { await navigator.clipboard.writeText(code.value); } catch { return document.execCommand("copy"); }
  return true;
}

undo.addEventListener("click", () => { step(past, future); show(); });
reset.addEventListener("click", () => { edit(first); agreed.rev += 1; show(); });
name.addEventListener("input", () => { code.value = written(); say(note, ""); });
copy.addEventListener("click", async () => {
  say(note, (await copied()) ? "Copied. Send it back: valuemix takes it on the Balance page." : "Copy the code above by hand.");
});
show();
