"use strict";
// A click on a head sorts its table: numbers from the largest, names from A; then the other way; then as it was.
const sortTables = () => {
  if (document.documentElement.dataset.sortsTables) return;
  document.documentElement.dataset.sortsTables = "yes";
  const amount = (text) => Number(text.replaceAll("\u2212", "-").match(/-?[\d.]+/)?.[0] ?? NaN);
  const missing = (text) => Number(Number.isNaN(amount(text)));
  const byAmount = (one, two) => missing(one) - missing(two) || amount(two) - amount(one) || 0;
  const byName = (one, two) => one.localeCompare(two, undefined, { numeric: true });

  document.addEventListener("click", ({ target }) => {
    const head = target.closest(".vm-table thead button")?.closest("th");
    if (!head) return;
    const body = head.closest("table").tBodies[0], rows = [...body.rows], numbers = head.matches(".right, .center");
    const turns = numbers ? ["none", "descending", "ascending"] : ["none", "ascending", "descending"];
    const turn = (turns.indexOf(head.ariaSort ?? "none") + 1) % 3;
    for (const other of head.parentElement.cells) other.ariaSort = null;
    head.ariaSort = turn ? turns[turn] : null;

    rows.forEach((row, place) => (row.dataset.place ??= place));
    const text = (row) => row.cells[head.cellIndex].textContent.trim();
    const first = (one, two) => (numbers ? byAmount : byName)(text(one), text(two));
    const known = (one, two) => (numbers ? missing(text(one)) - missing(text(two)) : 0);
    const compare = [() => 0, first, (one, two) => known(one, two) || first(two, one)][turn];
    rows.sort((one, two) => compare(one, two) || one.dataset.place - two.dataset.place);
    body.append(...rows);
  });
};
