// Who leads by their values, and in what order the others follow.

import { TIE } from "./engine.js";

/** Who leads, ties included, and who comes next. */
export function leadOf(found) {
  let best = -Infinity, second;
  for (const each of found) if (each !== null && each > best) best = each;
  const leaders = [];
  found.forEach((each, p) => {
    if (each === null) return;
    if (each >= best - TIE) leaders.push(p);
    else if (second === undefined || each > found[second]) second = p;
  });
  return { leaders, second };
}

/** The same, and the order of all: best first, those without a value last. */
export function standingOf(found) {
  const { leaders, second } = leadOf(found), all = found.map((_, p) => p);
  const rest = all.filter(p => found[p] !== null && !leaders.includes(p)).sort((a, b) => found[b] - found[a] || a - b);
  return { leaders, second, order: [...leaders, ...rest, ...all.filter(p => found[p] === null)] };
}
