// The arithmetic of the desk, equal to the library's: valuemix.model.weights, model.moments.means, analysis.value
// and analysis.tradeoffs.sweeps. Pure functions without dependencies; null stands for what is missing.

export const TIE = 1e-9; // values no further apart than this share of the scale tie

const TOTAL = 100, WIDTH = 1e-12, EDGE = 2 ** -39;
const GEOMETRIC_BELOW = 1e-6, NEAR_GEOMETRIC = 1e-2, SMALLEST = 1e-290;

const clamp = (number, low, high) => Math.min(Math.max(number, low), high);
const sum = numbers => { let total = 0; for (const each of numbers) total += each; return total; };

// ------------------------------------------------------------------ linked sliders

/** Points after one slider moves and the others make room; whole, or in tenths (unit 0.1). */
export function move(points, index, to, { anchor = points, held = [], unit = 1 } = {}) {
  const scale = Math.round(1 / unit), others = freeOthers(points.length, index, held);
  const parts = points.map(each => Math.round(each * scale));
  const room = TOTAL * scale - sum(held.map(i => parts[i]));
  parts[index] = clamp(halfToEven(to * scale), 0, room);
  apportion(room - parts[index], others.map(i => anchor[i])).forEach((part, k) => { parts[others[k]] = part; });
  return parts.map(part => part / scale);
}

/** Points of every segment after all go the same share of their way; their mean by size is the goal. */
export function moveAll(pointsBySegment, sizes, index, to, { held = [] } = {}) {
  const size = shares(sizes), others = freeOthers(pointsBySegment[0].length, index, held);
  const rooms = pointsBySegment.map(row => TOTAL - sum(held.map(i => row[i])));
  const start = sum(size.map((share, g) => share * pointsBySegment[g][index]));
  const end = sum(size.map((share, g) => share * rooms[g]));
  const goal = Math.min(Math.max(to, 0), end);
  return pointsBySegment.map((row, g) => {
    const result = row.slice();
    result[index] = sameWay(row[index], rooms[g], start, end, goal);
    const rest = others.map(i => row[i]), equal = !rest.some(each => each > 0);
    const parts = shares(equal ? rest.map(() => 1) : rest);
    others.forEach((i, k) => { result[i] = (rooms[g] - result[index]) * parts[k]; });
    return result;
  });
}

/** Parts of a total that are nearest to the given points (largest remainder), in whole points or tenths. */
export function rounded(points, unit = 1) {
  const scale = Math.round(1 / unit), exact = shares(points).map(share => share * TOTAL * scale);
  const parts = exact.map(Math.floor);
  const order = parts.map((_, i) => i).sort((a, b) => parts[a] - exact[a] - (parts[b] - exact[b]) || a - b);
  for (const i of order.slice(0, TOTAL * scale - sum(parts))) parts[i] += 1;
  return parts.map(part => part / scale);
}

function freeOthers(count, index, held) {
  const others = [];
  for (let i = 0; i < count; i++) if (i !== index && !held.includes(i)) others.push(i);
  return others;
}

function halfToEven(number) {
  const floor = Math.floor(number), above = number - floor;
  return above > 0.5 || (above === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

function sameWay(now, room, start, end, goal) {
  if (goal >= start) return end > start ? now + ((goal - start) / (end - start)) * (room - now) : now;
  return now * (goal / start);
}

/** Sainte-Lague: each next part goes where the quotient is largest, the earlier one where two tie. */
function apportion(total, proportions) {
  const weights = proportions.some(each => each > 0) ? proportions : proportions.map(() => 1);
  const parts = weights.map(() => 0);
  for (let left = total; left > 0; left--) {
    let best = -1;
    for (let i = 0; i < weights.length; i++)
      if (weights[i] > 0 && (best < 0 || exceeds(weights[i], 2 * parts[best] + 1, weights[best], 2 * parts[i] + 1)))
        best = i;
    parts[best] += 1;
  }
  return parts;
}

/** Whether a * m is more than b * n, exactly: products are compared with their rounding errors. */
function exceeds(a, m, b, n) {
  const left = a * m, right = b * n;
  return left === right ? roundingError(a, m, left) > roundingError(b, n, right) : left > right;
}

function roundingError(number, factor, product) {
  const big = number * 134217729, high = big - (big - number); // Veltkamp's split
  return high * factor - product + (number - high) * factor;
}

// ------------------------------------------------------------------ values

/** Value of each proposition: the power mean of its scores (0 to 1), null where nothing takes part. */
export function values(scores, weights, rho) {
  return scores.map(row => powerMean(row, weights, exponentOf(rho)));
}

/** Overall values of values by segment (G x P): the power mean by size with the exponent 1 - eps. */
export function overall(valuesBySegment, sizes, eps) {
  return valuesBySegment[0].map((_, p) => powerMean(valuesBySegment.map(row => row[p]), sizes, 1 - fairness(eps)));
}

const exponentOf = rho => (rho === "min" ? -Infinity : rho === "max" ? Infinity : rho);
const fairness = eps => (eps === "max" ? Infinity : eps);

function shares(weights) {
  const largest = Math.max(...weights) || 1, scaled = weights.map(each => each / largest);
  const total = sum(scaled) || 1;
  return scaled.map(each => each / total);
}

/** The weighted mean in one go, for most of what is drawn in a frame. */
function plainMean(x, weights) {
  let top = 0, total = 0;
  for (let i = 0; i < x.length; i++) if (weights[i] > 0 && x[i] !== null) { top += weights[i] * x[i]; total += weights[i]; }
  return total > 0 ? top / total : null;
}

function powerMean(x, weights, exponent) {
  if (exponent === 1) return plainMean(x, weights);
  const there = [];
  for (let i = 0; i < x.length; i++) if (weights[i] > 0 && x[i] !== null) there.push(i);
  if (there.length === 0) return null;
  const part = shares(there.map(i => weights[i])), found = there.map(i => x[i]);
  const low = Math.min(...found), high = Math.max(...found);
  if (exponent === Infinity) return high;
  if (exponent === -Infinity) return low;
  if (exponent < GEOMETRIC_BELOW ? low === 0 : high === 0) return 0;
  return clamp(Math.exp(logMean(found, part, exponent)), low, high);
}

function logMean(found, part, exponent) {
  if (Math.abs(exponent) < GEOMETRIC_BELOW) return sum(found.map((each, i) => part[i] * Math.log(each)));
  if (Math.abs(exponent) < NEAR_GEOMETRIC) {
    const away = found.map((each, i) => part[i] * (each > 0 ? Math.expm1(exponent * Math.log(each)) : -1));
    return Math.log1p(Math.max(sum(away), -1)) / exponent;
  }
  const terms = found.map((each, i) => (each > 0 ? Math.log(part[i]) + exponent * Math.log(each) : -Infinity));
  const top = Math.max(...terms), base = Number.isFinite(top) ? top : 0;
  return (Math.log(sum(terms.map(term => Math.exp(term - base)))) + base) / exponent;
}

// ------------------------------------------------------------------ moments

const SAME_POINTS = 1e-9; // mean points this close are the same
const terms = new WeakMap(); // of the scores of moments

/** Weights of moments after the mean points of their segment moved: each mix moves its share of the way. */
export function movedMixes(mixes, mean, target) {
  const rise = mean.map((each, d) => (target[d] - each > SAME_POINTS ? target[d] - each : 0)), risen = sum(rise);
  if (!(risen > 0)) return mixes;
  const left = mean.map((each, d) => (target[d] - each < -SAME_POINTS ? target[d] / each : 1)), share = rise.map(each => each / risen);
  return mixes.map(mix => {
    const kept = mix.slice();
    let freed = 0;
    for (let d = 0; d < kept.length; d++) if (left[d] !== 1) { kept[d] *= left[d]; freed += mix[d] - kept[d]; }
    for (let d = 0; d < kept.length; d++) if (share[d] > 0) kept[d] += freed * share[d];
    return kept;
  });
}

/** Value of each proposition over moments: scores (J x P x D) and mixes (J x D) in them, and how much each counts. */
export function valuesOver({ scores, shares: counted, over }, mixes, rho) {
  const lines = rho === 1 && over === 1 ? termsOf(scores, counted) : null;
  if (lines) return summed(lines, mixes, scores[0].length);
  const found = scores.map((block, j) => values(block, mixes[j], rho));
  return found[0].map((_, p) => powerMean(found.map(each => each[p]), counted, exponentOf(over)));
}

/** Whether values are straight lines as the mean mix moves one way. */
export const isStraight = (moments, rho) => rho === 1 && moments.over === 1 && termsOf(moments.scores, moments.shares) !== null;

/** Parts of each value by discipline (P x D): mean scores by mean weights, so scaled that they add up to the value. */
export function partsOver({ scores, shares: counted }, mixes, found) {
  const lines = termsOf(scores, counted), disciplines = mixes[0].length, all = new Float64Array(disciplines);
  for (let j = 0; j < mixes.length; j++) for (let d = 0; d < disciplines; d++) all[d] += counted[j] * mixes[j][d];
  const raw = found.map(() => new Array(disciplines).fill(0));
  if (lines) summed(lines, mixes, found.length, raw);
  else raw.forEach((row, p) => row.forEach((_, d) => {
    let top = 0, there = 0;
    for (let j = 0; j < mixes.length; j++) {
      const weight = counted[j] * mixes[j][d], score = scores[j][p][d];
      if (score !== null) { top += weight * score; there += weight; }
    }
    row[d] = there > 0 ? (all[d] * top) / there : 0;
  }));
  return raw.map((row, p) => {
    const total = sum(row);
    return row.map(each => (total > 0 ? (each * found[p]) / total : 0));
  });
}

/** What a weight in a moment adds to each value, in one row; null where a score is missing. */
function termsOf(scores, counted) {
  if (!terms.has(scores)) {
    const flat = scores.flatMap((block, j) => block[0].flatMap((_, d) => block.map(row => (row[d] === null ? null : row[d] * counted[j]))));
    terms.set(scores, flat.includes(null) ? null : Float64Array.from(flat));
  }
  return terms.get(scores);
}

/** Straight values (P), and where asked for what each discipline adds to them (P x D). */
function summed(lines, mixes, count, parts = null) {
  const found = new Float64Array(count);
  let at = 0;
  for (const mix of mixes) for (let d = 0; d < mix.length; d++) {
    const weight = mix[d];
    if (parts) for (let p = 0; p < count; p++) parts[p][d] += weight * lines[at + p];
    else for (let p = 0; p < count; p++) found[p] += weight * lines[at + p];
    at += count;
  }
  return Array.from(found);
}

// ------------------------------------------------------------------ who leads along a slider

/**
 * Who leads as one slider goes from 0 to all that held ones leave, in points of 100.
 *
 * cases: one {scores, weights} a segment, with {moments: {scores, mixes, shares, over}} where its moments move with
 * it; the anchor are the weights that the others keep their
 * proportions of, one row a segment. Exact where values are ratios of lines along the way, elsewhere
 * scanned at every whole point and bisected. The leader is the first of those that tie; null where
 * nothing has a value.
 */
export function envelope(cases, index, { held = [], anchor, rho = 1, sizes, eps = 0 } = {}) {
  const way = wayOf(cases, index, { held, anchor, sizes });
  if (way.end <= 0) return [{ from: 0, to: 0, leader: leaderIn(valuesAt(cases, way, 0, rho, eps)) }];
  const legs = legsOf(cases, way, exponentOf(rho), fairness(eps));
  const at = to => valuesAt(cases, way, to, rho, eps);
  if (legs && exponentOf(rho) === 1) return stretches(legs.flatMap(crossedIn), way.end, to => valuesOn(legs, to)).pieces;
  if (legs) {
    // Powers of scores that lie far apart may lose a crossing, which shows: nobody leads at both ends of a stretch.
    const found = stretches(legs.flatMap(crossedIn), way.end, at);
    if (!found.torn) return found.pieces;
  }
  return stretches(scanned(cases, way, rho, eps), way.end, at).pieces;
}

/** The way of a slider: weights of every segment in points, and where the mean by size can go. */
function wayOf(cases, index, { held, anchor, sizes }) {
  const rows = (anchor || cases.map(each => each.weights)).map(row => shares(row).map(share => share * TOTAL));
  const size = shares(sizes || cases.map(() => 1));
  const rooms = rows.map(row => TOTAL - sum(held.map(i => row[i])));
  return {
    rows, size, index, held,
    start: sum(size.map((share, g) => share * rows[g][index])),
    end: sum(size.map((share, g) => share * rooms[g])),
  };
}

function weightsAt(way, to) {
  const rows = moveAll(way.rows, way.size, way.index, to, { held: way.held });
  // Rounding must not turn a weight of 0 into one that a missing score or the least score counts for.
  for (const row of rows) for (let d = 0; d < row.length; d++) if (row[d] < 1e-12) row[d] = 0;
  return rows;
}

function valuesAt(cases, way, to, rho, eps) {
  const rows = weightsAt(way, to);
  const found = cases.map(({ scores, moments }, g) => {
    if (!moments) return values(scores, rows[g], rho);
    return valuesOver(moments, movedMixes(moments.mixes, way.rows[g], rows[g]), rho);
  });
  return cases.length === 1 ? found[0] : overall(found, way.size, eps);
}

function leaderIn(found) {
  let best = -Infinity;
  for (const each of found) if (each !== null && each > best) best = each;
  const leader = found.findIndex(each => each !== null && each >= best - TIE);
  return leader < 0 ? null : leader;
}

/** Legs of the way on which every value, or a rising function of it, is a ratio of two lines; or null. */
function legsOf(cases, way, exponent, eps) {
  const seen = cases.map((each, g) => g).filter(g => way.size[g] > 0), alone = seen.length === 1;
  if (!alone && (exponent !== 1 || eps !== 0)) return null;
  if (cases.some(each => each.moments)) return linesOver(cases, way, exponent);
  const scores = seen.map(g => additive(cases[g].scores, exponent));
  if (scores.includes(null)) return null;
  const gaps = scores.some(block => block.some(row => row.includes(null)));
  if (gaps && (!alone || scores[0].some(row => row.every(each => each === null)))) return null;
  const { start, end } = way, bends = !alone && start > WIDTH && start < end - WIDTH;
  const ends = bends ? [0, start, end] : [0, end];
  const at = ends.map(to => linesAt(scores, seen, way, weightsAt(way, to)));
  return at.slice(1).map((last, k) => legBetween(ends[k], ends[k + 1], at[k], last));
}

/** Legs of straight lines on which moments move, one to today and one from there; null where something bends them. */
function linesOver(cases, way, exponent) {
  if (!cases.every(each => isStraight(each.moments, exponent))) return null;
  const { start, end } = way, ends = start > WIDTH && start < end - WIDTH ? [0, start, end] : [0, end];
  const at = ends.map(to => valuesAt(cases, way, to, 1, 0)).map(top => ({ top, below: top.map(() => 1) }));
  return at.slice(1).map((last, k) => ({ from: ends[k], to: ends[k + 1], first: at[k], last }));
}

/** Scores on which the order of values is that of weighted sums, for one exponent; null where there are none. */
function additive(scores, exponent) {
  if (exponent === 1) return scores;
  if (!Number.isFinite(exponent)) return null;
  const known = scores.flat().filter(each => each !== null);
  if (exponent < GEOMETRIC_BELOW && known.includes(0)) return null;
  const largest = (exponent > 0 ? Math.max(0, ...known) : Math.min(1, ...known)) || 1;
  const one = each => {
    const log = Math.log(each / largest);
    if (Math.abs(exponent) < GEOMETRIC_BELOW) return log;
    if (Math.abs(exponent) < NEAR_GEOMETRIC) return Math.expm1(exponent * log) / exponent;
    return Math.sign(exponent) * Math.exp(exponent * log);
  };
  const result = scores.map(row => row.map(each => (each === null ? null : one(each))));
  const gone = result.some((row, p) => row.some((each, d) => each !== null && Math.abs(each) < SMALLEST && scores[p][d] > 0));
  return gone && Math.abs(exponent) >= NEAR_GEOMETRIC ? null : result;
}

function linesAt(scores, seen, way, rows) {
  const count = scores[0].length, top = new Array(count).fill(0), below = new Array(count).fill(0);
  scores.forEach((block, k) => {
    const size = way.size[seen[k]], weights = rows[seen[k]];
    for (let p = 0; p < count; p++)
      for (let d = 0; d < weights.length; d++)
        if (block[p][d] !== null) {
          top[p] += (size * weights[d] * block[p][d]) / TOTAL;
          below[p] += (size * weights[d]) / TOTAL;
        }
  });
  return { top, below };
}

/** A ratio that is 0 / 0 at one end keeps the value that it has all along the leg. */
function legBetween(from, to, first, last) {
  const filled = (one, other) => ({
    top: one.top.map((each, p) => (one.below[p] <= WIDTH ? other.top[p] : each)),
    below: one.below.map((each, p) => (each <= WIDTH ? other.below[p] : each)),
  });
  return { from, to, first: filled(first, last), last: filled(last, first) };
}

function valuesOn(legs, to) {
  const leg = legs.find(each => to <= each.to) || legs.at(-1), t = (to - leg.from) / (leg.to - leg.from);
  return leg.first.top.map((_, p) => ratioAt(leg, p, t));
}

function ratioAt({ first, last }, p, t) {
  return (first.top[p] * (1 - t) + last.top[p] * t) / (first.below[p] * (1 - t) + last.below[p] * t);
}

/** Where along a leg the lead passes on: from the leader at hand to whoever overtakes it first. */
function crossedIn(leg) {
  const count = leg.first.top.length, cuts = [leg.from, leg.to];
  let t = 0, leader = ahead(count, p => ratioAt(leg, p, WIDTH * 16));
  for (let turns = 0; turns < 4 * count; turns++) {
    let next = 2;
    for (let p = 0; p < count; p++)
      if (p !== leader) for (const root of roots(leg, leader, p)) if (root > t + WIDTH && root < next) next = root;
    if (next >= 1) break;
    t = next;
    cuts.push(leg.from + (leg.to - leg.from) * t);
    leader = ahead(count, p => ratioAt(leg, p, Math.min(t + 1e-9, 1)));
  }
  return cuts;
}

function ahead(count, at) {
  let best = 0, most = -Infinity;
  for (let p = 0; p < count; p++) { const each = at(p); if (each > most) { most = each; best = p; } }
  return best;
}

/** Places between 0 and 1 where two ratios of lines are equal and cross: roots in Bernstein form. */
function roots(leg, a, b) {
  const { first: { top: n0, below: m0 }, last: { top: n1, below: m1 } } = leg;
  const start = n0[a] * m0[b] - n0[b] * m0[a], end = n1[a] * m1[b] - n1[b] * m1[a];
  const middle = (n0[a] * m1[b] + n1[a] * m0[b] - n0[b] * m1[a] - n1[b] * m0[a]) / 2;
  const size = Math.max(
    Math.abs(n0[a] * m0[b]) + Math.abs(n0[b] * m0[a]), Math.abs(n1[a] * m1[b]) + Math.abs(n1[b] * m1[a]));
  if (Math.max(Math.abs(start), Math.abs(middle), Math.abs(end)) <= 1e-12 * size) return [];
  let square = start - 2 * middle + end;
  if (Math.abs(square) <= 1e-14 * (Math.abs(start) + Math.abs(end))) square = 0;
  const half = middle - start, under = half * half - square * start;
  if (under < 0) return [];
  const q = -(half + (half < 0 || Object.is(half, -0) ? -1 : 1) * Math.sqrt(under));
  return [q / square, start / q].filter(Number.isFinite);
}

/** Cuts of values that have no closed form: whole points, and ever nearer to both ends, as all but nothing of a
 * weight may turn an order; then halved. */
function scanned(cases, way, rho, eps) {
  const leaderAt = to => leaderIn(valuesAt(cases, way, to, rho, eps));
  const cuts = [0, way.end], grid = [0, way.end];
  for (let to = 1; to < way.end; to++) grid.push(to);
  for (let near = 0.1; near > 1e-9 && 2 * near < way.end; near /= 10) grid.push(near, way.end - near);
  grid.sort((a, b) => a - b);
  const leaders = grid.map(leaderAt);
  const between = (low, high, first, last, depth) => {
    if (first === last) return;
    const middle = (low + high) / 2;
    if (depth === 0) { cuts.push(middle); return; }
    const found = leaderAt(middle);
    between(low, middle, first, found, depth - 1);
    between(middle, high, found, last, depth - 1);
  };
  for (let k = 1; k < grid.length; k++) between(grid[k - 1], grid[k], leaders[k - 1], leaders[k], 12);
  return cuts;
}

/** Stretches between cuts with their leaders: those that lead near both ends, joined where they are the same. */
function stretches(cuts, end, at) {
  const edge = EDGE * TOTAL, between = [...cuts, edge, end - edge].filter(cut => cut > 0 && cut < end);
  const ends = [0, ...between.sort((a, b) => a - b).filter((cut, k, all) => k === 0 || cut - all[k - 1] > WIDTH * TOTAL), end];
  const result = [];
  let torn = false;
  for (let k = 1; k < ends.length; k++) {
    const step = (ends[k] - ends[k - 1]) / 1000;
    const low = at(k === 1 ? 0 : ends[k - 1] + step), high = at(k === ends.length - 1 ? end : ends[k] - step);
    const leader = leaderOfBoth(low, high);
    torn = torn || (leader === null && ends[k] - ends[k - 1] > 1e-3);
    result.push({ from: ends[k - 1], to: ends[k], leader: leader === null ? leaderIn(low) : leader });
  }
  return { pieces: joined(result), torn };
}

function leaderOfBoth(low, high) {
  const best = found => Math.max(...found.map(each => (each === null ? -Infinity : each)));
  const a = best(low), b = best(high);
  const both = low.findIndex((each, p) => each !== null && each >= a - TIE && high[p] !== null && high[p] >= b - TIE);
  return both < 0 ? null : both;
}

/** A tie or a gap at the very ends belongs to the stretch beside it: nobody sees 1e-10 of a point. */
function joined(pieces) {
  if (pieces.length > 2) {
    pieces[0].leader = pieces[1].leader;
    pieces.at(-1).leader = pieces.at(-2).leader;
  }
  const result = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last && last.leader === piece.leader) last.to = piece.to;
    else result.push({ ...piece });
  }
  return result;
}
