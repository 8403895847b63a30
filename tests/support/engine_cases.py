"""Random cases of the desk's engine, what the library says of them, and the engine in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

from valuemix.analysis.tradeoffs.sweeps import sweep
from valuemix.analysis.value.case import Case, additive_scores, leaders_of
from valuemix.analysis.value.moving import MovingMoments
from valuemix.means import power_mean
from valuemix.model.moments.means import moved_mix
from valuemix.model.weights import move_all, move_slider, rounded_points, shares

EXPONENTS = {"min": -np.inf, "max": np.inf}
ANSWER = """cases => cases.map(c => {
    const own = (row, weights) => engine.values(row, weights, c.rho);
    const found = c.scores.map((block, g) => own(block, c.points[g]));
    const blocks = c.scores.map((scores, g) => ({scores, weights: c.points[g], moments: c.moments && c.moments[g]}));
    const moved = c.moments && c.moments.map(({mixes}, g) => engine.movedMixes(mixes, c.anchor[g], c.points[g]));
    const over = c.moments && c.moments.map((each, g) => engine.valuesOver(each, moved[g], c.rho));
    const {held, anchor, rho, sizes, eps} = c;
    return {
        move: engine.move(c.shown, c.index, c.to, {anchor: c.shownAnchor, held, unit: c.unit}),
        moveAll: engine.moveAll(c.points, sizes, c.index, c.to, {held}),
        rounded: engine.rounded(c.points[0], c.unit),
        moved, over, parts: over && c.moments.map((each, g) => engine.partsOver(each, moved[g], over[g])),
        values: found, overall: engine.overall(found, sizes, eps),
        one: engine.envelope(blocks.slice(0, 1), c.index, {held, anchor: anchor.slice(0, 1), rho, eps}),
        all: engine.envelope(blocks, c.index, {held, anchor, rho, sizes, eps}),
    };
})"""
"""What the engine says of cases, from their JSON."""

EXTREME = 20
"""Beyond it the sweep's closed form may lose a crossing: there the values alone are compared with."""

VISIBLE = 1e-3
"""Points: a track shows and a slider reaches nothing that is narrower."""

Drawn = dict[str, Any]


def open_engine(page: Page) -> None:
    """Load the engine as a module into a blank page."""
    source = resources.files("valuemix.ui").joinpath("static/desk/engine.js").read_text(encoding="utf-8")
    page.goto("about:blank")
    page.evaluate(
        """async source => {
            const url = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));
            window.engine = await import(url);
        }""",
        source,
    )


def drawn(dice: np.random.Generator) -> Drawn:
    """One case: 1 to 6 segments, 1 to 60 propositions, 2 to 12 disciplines, of every kind there is."""
    d, g = int(dice.integers(2, 13)), int(dice.integers(1, 7))
    p = int(dice.integers(1, 61 if dice.random() < 0.1 else 12))
    scores = dice.random((g, p, d))
    if dice.random() < 0.5:  # whole scores on a scale of ten: many ties
        scores = np.round(scores * 9) / 9
    gaps = dice.random((g, p, d)) < dice.choice([0.0, 0.0, 0.1, 0.5])
    unit = float(dice.choice([1, 0.1]))
    points = [_points(dice, d, unit) for _ in range(g)]
    index, *rest = dice.permutation(d).tolist()
    anchor = points if dice.random() < 0.7 else [_points(dice, d, unit) for _ in range(g)]
    moments = _moments(dice, (g, p, d)) if dice.random() < 0.4 and g * p < 30 else None
    if moments is not None:
        anchor = [(np.array(each["shares"]) @ each["mixes"] * 100).tolist() for each in moments]
    return {
        "scores": _with_gaps(scores, gaps), "points": points, "sizes": _sizes(dice, g),
        "anchor": anchor, "moments": moments,
        "index": index, "held": rest[: int(dice.integers(0, d - 1))] if dice.random() < 0.5 else [],
        "shown": _points(dice, d, unit), "shownAnchor": _points(dice, d, unit),
        "to": float(dice.choice([dice.uniform(-5, 105), dice.integers(0, 201) / 2, dice.integers(0, 1001) / 10])),
        "unit": unit, "rho": _compensation(dice),
        "eps": dice.choice(np.array([0.0, 0.0, 1.0, float(dice.uniform(0, 5)), "max"], dtype=object)),
    }  # fmt: skip


def _moments(dice: np.random.Generator, counts: tuple[int, int, int]) -> list[Drawn]:
    """Moments of each segment: what they weigh, what is scored in them, how much each counts."""
    g, p, d = counts
    j, over = int(dice.integers(1, 6)), _compensation(dice)
    gaps = dice.random((g, j, p, d)) < dice.choice([0.0, 0.0, 0.3])
    scores = np.where(gaps, np.nan, dice.random((g, j, p, d)))
    shared = dice.dirichlet(np.ones(j), g) * (dice.random((g, j)) > 0.2) + 1e-6
    mixes = [[shares(_points(dice, d, 1)).tolist() for _ in range(j)] for _ in range(g)]
    return [
        {
            "scores": _with_gaps(scores[k], gaps[k]),
            "shares": shares(shared[k]).tolist(),
            "mixes": mixes[k],
            "over": over,
        }
        for k in range(g)
    ]


def _with_gaps(scores: NDArray[np.float64], gaps: NDArray[np.bool_]) -> Any:
    listed = scores.astype(object)
    listed[gaps] = None
    return listed.tolist()


def _points(dice: np.random.Generator, count: int, unit: float) -> list[float]:
    raw = dice.dirichlet(np.full(count, 0.7)) * (dice.random(count) > 0.15) + 1e-9
    return [part * unit for part in rounded_points(raw.tolist(), round(100 / unit))]


def _sizes(dice: np.random.Generator, count: int) -> list[float]:
    sizes = dice.integers(0, 1000, count).astype(float) if dice.random() < 0.5 else dice.random(count) * 1e4
    return [float(size) for size in sizes + (sizes.sum() == 0)]


def _compensation(dice: np.random.Generator) -> float | str:
    kinds: list[float | str] = [
        1.0, 1.0, 1.0, 0.0, float(dice.uniform(-100, 100)), float(dice.uniform(-2, 2)),
        float(dice.uniform(-0.01, 0.01)), "min", "max",
    ]  # fmt: skip
    return kinds[int(dice.integers(len(kinds)))]


@dataclass(frozen=True)
class Told:
    """What the library says of a drawn case."""

    drawn: Drawn

    @property
    def case(self) -> Case:
        scores = np.array(self.drawn["scores"], dtype=float)
        rho = float(self.drawn["rho"]) if self.drawn["rho"] not in EXPONENTS else EXPONENTS[self.drawn["rho"]]
        eps = np.inf if self.drawn["eps"] == "max" else self.drawn["eps"]
        weights, sizes = shares(self.drawn["anchor"]), shares(self.drawn["sizes"])
        return Case(scores, weights, sizes, rho, float(eps), self._moments(rho))

    def _moments(self, rho: float) -> MovingMoments | None:
        given = self.drawn["moments"]
        if given is None:
            return None
        scores, mixes, counted = (
            _numbers([each[name] for each in given]) for name in ("scores", "mixes", "shares")
        )
        over = given[0]["over"]
        return MovingMoments(scores, mixes, counted, rho, float(EXPONENTS.get(over, over)))

    def check(self, answer: Drawn) -> None:
        """Compare every number of the engine with the library."""
        given, case = self.drawn, self.case
        locked, unit = given["held"], given["unit"]
        moved = move_slider(
            given["shown"], given["index"], given["to"],
            anchor=given["shownAnchor"], locked=locked, unit=unit,
        )  # fmt: skip
        assert answer["move"] == moved
        assert answer["rounded"] == [
            part / round(1 / unit) for part in rounded_points(given["points"][0], round(100 / unit))
        ]
        together = move_all(given["points"], given["sizes"], given["index"], given["to"], locked=locked)
        np.testing.assert_allclose(answer["moveAll"], together, rtol=0, atol=1e-10)
        weights = np.array(given["points"])
        values = power_mean(case.scores, weights[:, None, :], case.rho)
        np.testing.assert_allclose(_numbers(answer["values"]), values, rtol=0, atol=1e-12)
        overall = power_mean(values.T, case.sizes, 1 - case.eps)
        np.testing.assert_allclose(_numbers(answer["overall"]), overall, rtol=0, atol=1e-12)
        if case.moments is not None:
            self._check_moments(answer, case, case.moments)
        self._check_envelope(answer["one"], case.only(0))
        self._check_envelope(answer["all"], case)

    def _check_moments(self, answer: Drawn, case: Case, moments: MovingMoments) -> None:
        """Mixes after the mean mix moved, values over moments and their parts."""
        target = shares(self.drawn["points"])
        mixes = moved_mix(moments.mixes, case.weights[:, None], target[:, None])
        np.testing.assert_allclose(_numbers(answer["moved"]), mixes, rtol=0, atol=1e-9)
        values = moments.values(case.weights, target)
        np.testing.assert_allclose(_numbers(answer["over"]), values, rtol=0, atol=1e-9)
        np.testing.assert_allclose(
            _numbers(answer["parts"]).sum(axis=-1), np.nan_to_num(values), rtol=0, atol=1e-9
        )

    def _check_envelope(self, pieces: list[Drawn], case: Case) -> None:
        index, held = self.drawn["index"], self.drawn["held"]
        anchor = case.weights * 100
        end = float(case.sizes @ (100 - anchor[:, held].sum(axis=1)))
        assert pieces[0]["from"] == 0
        assert abs(pieces[-1]["to"] - end) < 1e-9
        assert [piece["from"] for piece in pieces[1:]] == [piece["to"] for piece in pieces[:-1]]

        def values_at(places: NDArray[np.float64]) -> NDArray[np.float64]:
            rows = [move_all(anchor, case.sizes, index, to, locked=held) / 100 for to in places]
            weights = np.array(rows)
            weights[weights < 1e-14] = 0
            return case.values(weights=weights)

        turns = np.array([piece["from"] for piece in pieces[1:]])
        middles = np.array([(piece["from"] + piece["to"]) / 2 for piece in pieces])
        # Without a closed form it looks at whole points, between which a lead may pass on and back.
        exact = additive_scores(case) is not None or has_lines(case)
        places = np.concatenate([middles, np.arange(2.37, 100, 9)] if exact else [np.arange(1.0, 100, 7)])
        places = places[(places > 1e-6) & (places < end - 1e-6)]
        if not len(places):
            return
        values = values_at(places)
        for place, led in zip(places, leaders_of(values) & ~np.isnan(values), strict=True):
            if not len(turns) or abs(turns - place).min() > 0.01:
                leader = next(each["leader"] for each in pieces if each["to"] >= place)
                assert led[leader] if leader is not None else not led.any(), (place, pieces)
        if exact and not held:
            self._check_against_sweep(pieces, case)

    def _check_against_sweep(self, pieces: list[Drawn], case: Case) -> None:
        found = sweep(case, self.drawn["index"])
        if not found.exact or abs(case.rho) > EXTREME:
            return
        turns = np.array([piece["from"] for piece in pieces] + [100.0])
        known = np.array([piece.from_share for piece in found.pieces] + [1.0]) * 100
        assert all(abs(known - turn).min() < VISIBLE for turn in turns), (pieces, found.pieces)
        for piece in found.pieces:
            start, end = piece.from_share * 100, piece.to_share * 100
            if end - start > 2 * VISIBLE:
                led = {
                    each["leader"]
                    for each in pieces
                    if min(each["to"], end) - max(each["from"], start) > VISIBLE
                }
                assert led <= {*piece.leaders} or not piece.leaders, (pieces, found.pieces)


def has_lines(case: Case) -> bool:
    """Whether values are straight lines to today's weights and from there."""
    alone = np.count_nonzero(case.sizes) == 1 or case.eps == 0
    return case.moments is not None and case.moments.straight and alone


def _numbers(rows: Any) -> NDArray[np.float64]:
    return np.array(rows, dtype=float)
