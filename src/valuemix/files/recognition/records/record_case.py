"""Records become a case: means over respondents and raters, with the least and greatest of raters."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from valuemix.errors import shorten
from valuemix.files.recognition.cells.lines import bracketed
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.records.answer_codes import without_codes
from valuemix.files.recognition.records.table import Records, tell_columns
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.files.recognition.shapes.scored import scored
from valuemix.typing import FloatArray, IntArray

__all__ = ["EVERYONE", "SIZE_OF_RESPONDENTS", "means", "names_of", "record_case"]

_FEW_AGAIN = 0.1
_MOST_NAMELESS = 5
EVERYONE = "Everyone"
SIZE_OF_RESPONDENTS = "The size of a segment is the {} of its respondents."
"""The one segment of a table that names none."""


def record_case(records: Records, given: Reading, findings: Findings) -> Case:
    """Case of a table of records, in the owner's numbers."""
    tell_columns(records, findings)
    _tell_nameless(records, findings)
    numbers, has_words = scored(records.frame.grid, records.rows, records.values, given.words, findings)
    if "respondent" in records.keys:
        numbers = _answers(records, numbers, findings)
    case = _long(records, numbers, given, findings) if records.is_long else _wide(records, numbers, findings)
    if "size" in records.keys:
        case.sizes = _sizes_of(records, numbers)
    case.has_words = has_words
    case.judged = records.is_long and all(
        is_named("score", records.frame.columns.names[c]) for c in records.values
    )
    for formula, agree, compared in records.proofs:
        findings.formula, case.proved = findings.formula or formula, True
        findings.agree, findings.compared = findings.agree + agree, findings.compared + compared
    _tell_other_order(records, case, numbers, findings)
    case.named_segments = case.segments != [EVERYONE]
    case.texts = (*records.frame.notes, *records.frame.columns.names.values())
    return case


def _tell_other_order(records: Records, case: Case, numbers: FloatArray, findings: Findings) -> None:
    """Say where the mean of the owner's totals of rows ranks otherwise than the means of the criteria do."""
    total = next((c for c, role in records.roles.items() if role == "total"), None)
    if total is None or not case.proved or not case.options or "option" not in records.keys:
        return
    option = (names_of(records.texts("option"))[1],)
    by, cells = _people_weight(records, numbers), numbers[list(records.rows)][:, [total]]
    theirs = means(cells, by, option, (len(case.options),))[:, 0]
    ours = _overall(case)
    pairs = itertools.combinations(range(len(theirs)), 2)
    turned = [(i, j) for i, j in pairs if (theirs[i] - theirs[j]) * (ours[i] - ours[j]) < 0]
    if not turned:
        return
    pair = sorted(turned[0], key=lambda i: -theirs[i])
    first, second = (repr(shorten(case.options[i])) for i in pair)
    more = f", and {len(turned) - 1} more pairs otherwise" if len(turned) > 1 else ""
    findings.warn(
        f"The mean of your {records.frame.columns.names[total]!r} puts {first} before {second}; here {second} is "
        f"before{more}: each criterion is averaged by itself, so that rows with blanks count otherwise."
    )


def _overall(case: Case) -> FloatArray:
    """Value of each option by the mean of its criteria and the sizes of the segments, shape (P,)."""
    weights = np.ones(len(case.criteria)) if case.weights is None else case.weights[:, None, :]
    sizes = np.ones(len(case.segments)) if case.sizes is None else case.sizes
    values = (case.scores * weights).sum(axis=-1) / np.broadcast_to(weights, case.scores.shape).sum(axis=-1)
    return np.asarray(sizes @ values / sizes.sum())


def _sizes_of(records: Records, numbers: FloatArray) -> FloatArray:
    """Size of each segment, as its rows say."""
    segments, segment = names_of(records.texts("segment"))
    cells = numbers[list(records.rows)][:, [records.keys["size"]]]
    return means(cells, np.ones(len(records.rows)), (segment,), (len(segments),))[:, 0]


def _tell_nameless(records: Records, findings: Findings) -> None:
    """Say which rows name no segment, or no option or criterion, and so count nowhere."""
    for role in ("segment", "option", "criterion"):
        cells = records.texts(role) if role in records.keys else []
        places = [
            records.frame.grid.rows[r] for r, text in zip(records.rows, cells, strict=False) if not text
        ]
        listed = ", ".join(places[:_MOST_NAMELESS])
        if len(places) == 1:
            findings.guess(f"Row {listed} names no {role}, and so counts nowhere.")
        elif places:
            others = len(places) - _MOST_NAMELESS
            more = f" and {others} more" if others > 0 else ""
            findings.guess(f"Rows {listed}{more} name no {role}, and so count nowhere.")


def _answers(records: Records, numbers: FloatArray, findings: Findings) -> FloatArray:
    """Numbers without the codes that survey programs write for no answer, which are told."""
    numbers, codes = without_codes(numbers, records.rows, records.values)
    for code, count in sorted(codes.items()):
        often = "once" if count == 1 else f"{count} times"
        findings.guess(f"{code} stands {often} far from all other answers and is taken for no answer.")
    return numbers


def names_of(texts: Sequence[str]) -> tuple[list[str], IntArray]:
    """Different texts in the order of the table, and which of them each is; -1 for a blank."""
    names: dict[str, int] = {}
    kept: list[str] = []
    places = []
    for text in texts:
        if not text:
            places.append(-1)
            continue
        key = text.casefold()
        if key not in names:
            names[key] = len(kept)
            kept.append(text)
        places.append(names[key])
    return kept, np.array(places, dtype=np.int64)


def _axis(records: Records, role: str, default: str) -> tuple[list[str], IntArray]:
    if role in records.keys:
        return names_of(records.texts(role))  # type: ignore[arg-type]
    return [default], np.zeros(len(records.rows), dtype=np.int64)


def _wide(records: Records, numbers: FloatArray, findings: Findings) -> Case:
    options, option = _axis(records, "option", "")
    if "option" not in records.keys:
        options = []
    segments, segment = _axis(records, "segment", EVERYONE)
    cells = numbers[np.ix_(list(records.rows), list(records.values))]
    by = _people_weight(records, numbers)
    criteria = [records.frame.columns.names[c] for c in records.values]
    shape = _shape(records)
    place = (segment, option)
    counts = (len(segments), max(len(options), 1))
    case = Case(shape, options, criteria, segments, means(cells, by, place, counts))
    case.units = {name: unit for name in criteria if (unit := bracketed(name))}
    if shape == 3:
        _tell_respondents(records, case, segment, by, findings)
    if shape == 5:
        case.raters = names_of(records.texts("rater"))[0]
        case.low, case.high = _extremes(cells, place, counts)
    if records.weight_row is not None:
        weights = numbers[records.weight_row, list(records.values)]
        case.weights = np.tile(weights, (len(segments), 1))
    if not options:
        case.weights = case.scores[:, 0, :]
    return case


def _shape(records: Records) -> int:
    if "respondent" in records.keys:
        return 3
    return 5 if "rater" in records.keys else 7


def _people_weight(records: Records, numbers: FloatArray) -> FloatArray:
    column = records.keys.get("survey weight")
    if column is None:
        return np.ones(len(records.rows))
    return np.nan_to_num(numbers[list(records.rows), column])


def means(
    cells: FloatArray, by: FloatArray, place: tuple[IntArray, ...], counts: tuple[int, ...]
) -> FloatArray:
    """Mean of each column by place, shape (*counts, K); NaN where nothing is scored."""
    there = np.isfinite(cells) & (np.min(place, axis=0) >= 0)[:, None]
    total = np.zeros((*counts, cells.shape[1]))
    weight = np.zeros_like(total)
    # A place of -1 is that of the last, and adds nothing to it.
    np.add.at(total, place, np.where(there, np.nan_to_num(cells) * by[:, None], 0.0))
    np.add.at(weight, place, np.where(there, by[:, None], 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weight > 0, total / weight, np.nan)


def _extremes(
    cells: FloatArray, place: tuple[IntArray, ...], counts: tuple[int, ...]
) -> tuple[FloatArray, FloatArray]:
    low = np.full((*counts, cells.shape[1]), np.inf)
    high = np.full_like(low, -np.inf)
    inside = (np.min(place, axis=0) >= 0)[:, None]
    np.minimum.at(low, place, np.where(np.isfinite(cells) & inside, cells, np.inf))
    np.maximum.at(high, place, np.where(np.isfinite(cells) & inside, cells, -np.inf))
    return np.where(np.isfinite(low), low, np.nan), np.where(np.isfinite(high), high, np.nan)


def _tell_respondents(
    records: Records, case: Case, segment: IntArray, by: FloatArray, findings: Findings
) -> None:
    people, person = names_of(records.texts("respondent"))
    weighted = " with their survey weights" if "survey weight" in records.keys else ""
    findings.guess(
        f"A score is the plain mean over {len(people)} respondents{weighted}; "
        "how sure such a mean is, valuemix survey and the page Evidence tell."
    )
    if "segment" in records.keys:
        first = np.unique(person, return_index=True)[1]
        sizes = np.zeros(len(case.segments))
        np.add.at(sizes, segment[first], by[first])
        case.sizes = sizes
        findings.guess(SIZE_OF_RESPONDENTS.format("weight" if weighted else "number"))


def _long(records: Records, numbers: FloatArray, given: Reading, findings: Findings) -> Case:
    options, option = _axis(records, "option", "")
    criteria, criterion = _axis(records, "criterion", "")
    segments, segment = _axis(records, "segment", EVERYONE)
    rows = list(records.rows)
    cells = numbers[np.ix_(rows, list(records.values))]
    people = [records.frame.columns.names[c] for c in records.values]
    if len(people) > 1:
        return _long_by_columns(records, cells, people, given, findings)
    place, counts = (segment, option, criterion), (len(segments), len(options), len(criteria))
    by = _people_weight(records, numbers)
    scores = means(cells, by, place, counts)[..., 0]
    case = Case(_long_shape(records), options, criteria, segments, scores)
    if "rater" in records.keys:
        case.raters = names_of(records.texts("rater"))[0]
        low, high = _extremes(cells, place, counts)
        case.low, case.high = low[..., 0], high[..., 0]
    elif case.shape == 3:
        _tell_respondents(records, case, segment, by, findings)
    else:
        _tell_repeats(case, cells, findings)
    if "weight" in records.keys:
        column = numbers[rows][:, [records.keys["weight"]]]
        case.weights = means(
            column, np.ones(len(rows)), (segment, criterion), (len(segments), len(criteria))
        )[..., 0]
    return case


def _long_shape(records: Records) -> int:
    return 5 if "rater" in records.keys else 3 if "respondent" in records.keys else 7


def _tell_repeats(case: Case, cells: FloatArray, findings: Findings) -> None:
    count = int(np.isfinite(case.scores).sum())
    again = int(np.isfinite(cells).sum()) - count
    if 0 < again <= _FEW_AGAIN * count:
        stand = "score stands" if again == 1 else "scores stand"
        findings.guess(f"{again} {stand} again for the same place: the mean counts, not the later one.")
    elif again > 0:
        findings.ask(
            "roles", (), "Some scores stand twice: which column says who gave them, or what else tells them apart?",
            "their mean",
        )  # fmt: skip


def _long_by_columns(
    records: Records, cells: FloatArray, names: list[str], given: Reading, findings: Findings
) -> Case:
    """Several columns of scores: raters, or segments; a mean of the others is left out."""
    names, cells = _without_mean(names, cells, findings)
    options, option = _axis(records, "option", "")
    criteria, criterion = _axis(records, "criterion", "")
    are = given.sheets_are or ("raters" if any(is_named("rater", name) for name in names) else None)
    if are is None:
        text = f"Are the columns {', '.join(names[:4])} people who scored, or segments?"
        findings.ask("sheets_are", (), text, "segments")
    place, counts = (option, criterion), (len(options), len(criteria))
    each = means(cells, np.ones(len(cells)), place, counts)
    if are != "raters":
        return Case(7, options, criteria, names, np.moveaxis(each, -1, 0))
    case = Case(5, options, criteria, [EVERYONE], np.nanmean(each, axis=-1)[None])
    case.raters = names
    case.low, case.high = np.nanmin(each, axis=-1)[None], np.nanmax(each, axis=-1)[None]
    return case


def _without_mean(names: list[str], cells: FloatArray, findings: Findings) -> tuple[list[str], FloatArray]:
    for j, name in enumerate(names):
        others = np.delete(cells, j, axis=1)
        if is_named("total", name) and others.shape[1] > 1:
            agree = int((np.abs(others.mean(axis=1) - cells[:, j]) <= 0.051).sum())
            findings.leave_out(name, "totals are computed anew")
            findings.roles[name] = "total"
            findings.formula, findings.agree, findings.compared = "mean", agree, len(cells)
            return [n for n in names if n != name], others
    return names, cells
