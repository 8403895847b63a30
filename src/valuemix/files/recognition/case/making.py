"""From what was read to a scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuemix.errors import InvalidFile, InvalidScenario, Place, Problem, shorten
from valuemix.files.recognition.case.grouping import disciplines_of, fits_attributes, grouped, with_attributes
from valuemix.files.recognition.case.products import as_sum, named_factors
from valuemix.files.recognition.case.ranks import counts_down
from valuemix.files.recognition.case.scaling import Scaling, in_unit, scaling_of
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.model.layout import labelled
from valuemix.model.names import clean_name, name_key
from valuemix.model.parts import DEFAULT_DISCIPLINES, OVERALL, Discipline, Scale
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["Made", "made_of"]

_MOST_NAMES = 1500


@dataclass(frozen=True)
class Made:
    """A case on one scale, with disciplines: all that a scenario needs but its checks.

    Parameters
    ----------
    case : Case
    scaling : Scaling
    disciplines : dict of str to str
        Discipline of each criterion, empty where each criterion is one.
    weights : array, shape (G, K)
    names : list of str
        Of the disciplines.
    scores, low, high : array, shape (G, P, K)
    shares : array, shape (G, C), optional
        Weights of the criteria where they are attributes of the disciplines.
    """

    case: Case
    scaling: Scaling
    disciplines: dict[str, str]
    weights: FloatArray
    names: list[str]
    scores: FloatArray
    low: FloatArray | None
    high: FloatArray | None
    shares: FloatArray | None = None

    def scenario(self, name: str, file: str, source: str = "") -> Scenario:
        """The scenario; its source is what the owner says of it, and the file.

        Raises
        ------
        InvalidFile
            Where the model refuses what was read, with every reason.
        """
        ends, case = self.scaling.ends, self.case
        if not case.options:
            people = ", ".join(case.segments)
            raise InvalidFile([_no_options(file, people)])
        try:
            made = Scenario.from_arrays(
                self.scores if self.shares is None else np.full_like(self.scores, np.nan),
                points=self.weights,
                sizes=np.ones(len(case.segments)) if case.sizes is None else case.sizes,
                disciplines=self._parts(),  # type: ignore[arg-type]
                segments=[_segment(s) for s in case.segments],
                propositions=case.options,
                scale=Scale(lowest=ends.lowest, highest=ends.highest),
                name=clean_name(name),
            )
            made = self._filled(made)
            return made.replace(source=f"{source} ({file})" if source else file, note=self._note())
        except InvalidScenario as error:
            raise InvalidFile(
                Problem(p.code, p.message, p.mend, Place(file=file), notice=p.notice) for p in error.problems
            ) from None

    def _filled(self, made: Scenario) -> Scenario:
        """With attributes, or with the least and the greatest of raters."""
        if self.shares is not None:
            return with_attributes(made, self.case, self.scaling, self.shares, self.disciplines)
        for table, array in (("low", self.low), ("high", self.high)):
            if array is not None:
                made = made.with_table(table, array)
        return made

    def _parts(self) -> tuple[Discipline, ...]:
        usual = {name_key(d.name): d for d in DEFAULT_DISCIPLINES} | {d.id: d for d in DEFAULT_DISCIPLINES}
        anchors, units = self.scaling.anchors, self.case.units
        parts = []
        for part in labelled(self.names, len(self.names)):
            known = usual.get(name_key(part.name)) or usual.get(part.id)
            named = known or part
            ends = anchors.get(part.name)
            low, high = (in_unit(end, units.get(part.name, "")) for end in ends) if ends else ("", "")
            parts.append(Discipline(id=named.id, name=named.name, lowest=low, highest=high))
        return tuple(parts)

    def _note(self) -> str:
        if self.case.raters:
            return _cut(f"Means of {len(self.case.raters)} raters: {', '.join(self.case.raters)}.")
        if self.disciplines and self.shares is None:
            under: dict[str, list[str]] = {}
            for criterion, discipline in self.disciplines.items():
                under.setdefault(discipline, []).append(criterion)
            return _cut(" ".join(f"{d}: {', '.join(names)}." for d, names in under.items()))
        return ""


def _cut(text: str) -> str:
    return shorten(text, _MOST_NAMES)


def _segment(name: str) -> str:
    return f"{name} (segment)" if name_key(name) == name_key(OVERALL) else name


def _no_options(source: str, people: str) -> Problem:
    return Problem(
        "INCOMPLETE",
        f"this holds weights ({people}), but no proposition is scored in it",
        "Bring the scores too: a sheet with a row for each proposition and a column for each of these criteria; "
        'where the columns are offers that people rated, say so in a map: {"columns_are": "options"}; '
        "or bring respondents' answers into a case that has scores with valuemix survey --into",
        Place(file=source),
    )


def made_of(case: Case, given: Reading, findings: Findings, file: str) -> Made:
    """Put a case on one scale and under disciplines; what is guessed or open goes into the findings.

    Raises
    ------
    InvalidFile
        Where a factor of a product is not above 0.
    """
    case = _scored_options(case, findings)
    if case.factors is None and not case.proved and case.weights is None and case.shape in (1, 2):
        case.factors = named_factors(case.criteria)
    if case.factors is not None:
        return _made_of_product(case, given, findings, file)
    _turn_negative(case, findings)
    owners = given.model_copy(update={"anchors": {**case.anchors, **given.anchors}})
    scaling = scaling_of(case, owners, findings)
    weights = _told_weights(case, given, findings)
    disciplines = disciplines_of(case, given, findings)
    low, high = _ranges(case, scaling)
    scores = scaling.scores(case.scores, case.criteria)
    alike = not scaling.anchors and not scaling.directions
    if counts_down(case, scores, weights, given, findings, alike=alike):
        less = dict.fromkeys(case.criteria, "less")
        return made_of(case, given.model_copy(update={"directions": less}), findings, file)
    if disciplines:
        return _under_disciplines(Made(case, scaling, disciplines, weights, [], scores, low, high))
    return Made(case, scaling, {}, weights, case.criteria, scores, low, high)


def _under_disciplines(made: Made) -> Made:
    """Criteria put together under their disciplines, as attributes where they can be."""
    criteria, weights = made.case.criteria, made.weights
    names, scores, points = grouped(made.scores, weights, criteria, made.disciplines)
    low, high = (
        None if ends is None else grouped(ends, weights, criteria, made.disciplines)[1]
        for ends in (made.low, made.high)
    )
    shares = weights if fits_attributes(made.case) else None
    return Made(made.case, made.scaling, made.disciplines, points, names, scores, low, high, shares)


def _made_of_product(case: Case, given: Reading, findings: Findings, file: str) -> Made:
    case.shape = 4
    case, scaling = as_sum(case, given, findings, file)
    weights = _told_weights(case, given, findings)
    return Made(case, scaling, {}, weights, case.criteria, case.scores, None, None)


def _turn_negative(case: Case, findings: Findings) -> None:
    """A criterion that counts against is one of which less is better, by the same weight."""
    if case.weights is None:
        return
    known = np.nan_to_num(case.weights)
    below = np.asarray((known <= 0).all(axis=0) & (known < 0).any(axis=0))
    against = [name for name, is_below in zip(case.criteria, below.tolist(), strict=True) if is_below]
    if against:
        listed = ", ".join(repr(shorten(name)) for name in against)
        findings.guess(f"Less is better of {listed}: the weight is below 0 in the table.")
        case.directions = {**case.directions, **dict.fromkeys(against, "less")}
        case.weights = np.where(below, -case.weights, case.weights)


def _told_weights(case: Case, given: Reading, findings: Findings) -> FloatArray:
    """Weights of a case, with what is missing of weights, scores and sizes told."""
    weights = _weights(case, findings)
    _tell_missing(case.scores[..., np.asarray((weights != 0).any(axis=0))], findings)
    if given.sizes:
        known = np.zeros(len(case.segments)) if case.sizes is None else case.sizes
        pairs = zip(case.segments, known.tolist(), strict=True)
        case.sizes = np.array([given.sizes.get(name, size) for name, size in pairs])
        findings.answer("sizes")
    elif case.sizes is None and len(case.segments) > 1:
        findings.guess("No sizes of the segments are in the table, so all are of the same size.")
    return weights


def _scored_options(case: Case, findings: Findings) -> Case:
    """Without options that nothing is scored of."""
    empty = np.asarray(~np.isfinite(case.scores).any(axis=(0, 2)))
    if case.options and empty.any() and not empty.all():
        for i in np.flatnonzero(empty).tolist():
            findings.leave_out(case.options[i], "nothing is scored")
        case.options = [name for name, gone in zip(case.options, empty.tolist(), strict=True) if not gone]
        case.scores = case.scores[:, ~empty]
        case.low = None if case.low is None else case.low[:, ~empty]
        case.high = None if case.high is None else case.high[:, ~empty]
    return case


def _tell_missing(scores: FloatArray, findings: Findings) -> None:
    missing = int(np.isnan(scores).sum())
    if missing:
        findings.guess(
            f"{missing} of {scores.size} scores {'is' if missing == 1 else 'are'} missing; "
            "their weight goes to the other criteria."
        )


def _weights(case: Case, findings: Findings) -> FloatArray:
    shape = (len(case.segments), len(case.criteria))
    if case.weights is None or not np.nan_to_num(case.weights).any():
        if not (case.proved and findings.formula in ("sum", "mean")):
            findings.guess("No weights are in the table, so all criteria weigh the same until you move them.")
        return np.full(shape, 100 / shape[1])
    weights = np.broadcast_to(case.weights, shape)
    if np.isnan(weights).any():
        findings.guess("A criterion without a weight weighs nothing.")
    return np.nan_to_num(weights)


def _ranges(case: Case, scaling: Scaling) -> tuple[FloatArray | None, FloatArray | None]:
    """Low and high on the scale; where less is better the greatest value is the lowest score."""
    if case.low is None or case.high is None:
        return None, None
    ends = [scaling.scores(table, case.criteria) for table in (case.low, case.high)]
    return np.fmin(*ends), np.fmax(*ends)
