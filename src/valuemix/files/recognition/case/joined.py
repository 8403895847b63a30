"""Blocks with the same names belong together: what segments think, or what raters gave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from valuemix.errors import shorten
from valuemix.files.recognition.cells.words import Part, is_named
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.records.record_case import EVERYONE
from valuemix.files.recognition.records.side_tables import Beside, bare_title, segment_key
from valuemix.files.recognition.shapes.findings import Block, Case, Findings
from valuemix.files.recognition.shapes.matrix import UNPROVED_TOTAL
from valuemix.files.recognition.shapes.totals import best_check
from valuemix.files.tables.sheets.cells import column_key
from valuemix.typing import FloatArray

__all__ = ["is_alike", "joined"]

_SIZE = re.compile(
    r"\bn\s*=|revenue|sales|customers|clients|umsatz|kunden|people|households|share|members|size|clientes|ventas",
    re.I,
)
_PERSON = re.compile(
    r"(dr|prof|mrs?|ms|ing|arch|geom|avv|dott(\.?ssa)?|sig(\.?ra)?|herr|frau|m|mme|mlle|sra?|dra?|eng|mgr|inż|dhr|"
    r"mevr|hr|fru|ass)\.? +[^\W\d]",
    re.I,
)
"""A title such as "Dr. Ferri": a person, who scored."""
_TELLING, _FEWEST = 4, 3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def joined(blocks: Sequence[Block], beside: Beside, given: Reading, findings: Findings) -> Case:
    """Case of the blocks that have the same names; the others are left out, and said to be.

    Parameters
    ----------
    blocks : sequence of Block
        At least one.
    beside : Beside
        Segments that are listed.
    given : Reading
        What the owner said.
    findings : Findings
    """
    kept = _alike(blocks, findings)
    alone = _without_mean(kept, findings)
    is_summed_up, kept = len(alone) < len(kept), alone
    if len(kept) == 1:
        return _single(kept[0])
    first = kept[0]
    options, criteria = _union(b.options for b in kept), _union(b.criteria for b in kept)
    scores = np.stack([block.in_order(options, criteria) for block in kept])
    weights = _weights(kept, criteria)
    case = Case(6, options, criteria, [_title(b) for b in kept], scores, weights)
    case.columns_are = first.columns_are
    are = _are(kept, weights, beside, given, findings, is_summed_up=is_summed_up)
    _take_traits(case, kept)
    if are == "raters":
        return _by_raters(case, findings)
    case.named_segments = True
    case.sizes = _sizes(kept, findings)
    return case


def _alike(blocks: Sequence[Block], findings: Findings) -> list[Block]:
    """Blocks of the same criteria and options: those that there are most of."""
    groups: list[list[Block]] = []
    for block in blocks:
        same = next((g for g in groups if is_alike(g[0], block)), None)
        if same is None:
            groups.append([block])
        else:
            same.append(block)
    best = max(groups, key=lambda group: (len(group), group[0].scores.size))
    for group in groups:
        for block in group if group is not best else ():
            findings.leave_out(
                block.title, "its options and criteria are others than those of the tables that count"
            )
    return best


def is_alike(one: Block, other: Block) -> bool:
    """Whether blocks have most options in common and the same criteria, but for one that a rater left blank."""
    few, many = sorted(({*map(column_key, block.criteria)} for block in (one, other)), key=len)
    most_blank = 1 if len(few) >= _FEWEST else 0
    if not few <= many or len(many) - len(few) > most_blank:
        return False
    options = [{*map(column_key, block.options)} for block in (one, other)]
    return len(options[0] & options[1]) * 2 > max(map(len, options))


def _without_mean(blocks: list[Block], findings: Findings) -> list[Block]:
    """Without a block that is the mean of the others."""
    if len(blocks) < 3:
        return blocks
    for block in blocks:
        others = [other for other in blocks if other is not block]
        each = np.array([other.in_order(block.options, block.criteria) for other in others])
        mean = _mean_of(each)
        # Where all think the same of nearly everything, nothing tells a mean from one of them.
        tells = is_named("total", block.title) or int((np.ptp(each, axis=0) > 0).sum()) >= _TELLING
        if tells and np.allclose(mean, block.scores, atol=_slack(block.scores), equal_nan=True):
            findings.leave_out(block.title, "it is the mean of the other tables")
            findings.formula = findings.formula or "mean"
            findings.agree += int(np.isfinite(mean).sum())
            findings.compared += int(np.isfinite(mean).sum())
            return [_as_summed_up(other, block) for other in others]
    return blocks


def _slack(means: FloatArray) -> float:
    """How far means as printed may be from what they are: half of the last digit, of two or of one."""
    is_short = np.isclose(means, np.round(means, 1), equal_nan=True).all()
    return 0.051 if is_short and not np.isclose(means, np.round(means), equal_nan=True).all() else 0.0051


def _as_summed_up(block: Block, summary: Block) -> Block:
    """A block by the weights of the table that sums it up, where it has no others, and proved where that is."""
    if summary.weights is None:
        return block
    own = dict(zip(summary.criteria, summary.weights.tolist(), strict=True))
    weights = np.array([own.get(name, np.nan) for name in block.criteria])
    if block.weights is not None and not np.allclose(block.weights, weights, equal_nan=True):
        return block
    return replace(block, weights=weights, proved=summary.proved or block.proved)


def _union(lists: object) -> list[str]:
    return [*dict.fromkeys(name for names in lists for name in names)]  # type: ignore[attr-defined]


def _title(block: Block) -> str:
    return bare_title(block.title)


def _single(block: Block) -> Case:
    shape = 4 if block.factors else 1 if block.columns_are == "criteria" else 2
    weights = None if block.weights is None else block.weights[None]
    case = Case(shape, block.options, block.criteria, [EVERYONE], block.scores[None], weights)
    _take_traits(case, [block])
    case.factors, case.columns_are = block.factors, block.columns_are
    case.ranks, case.are_ranks_said = block.ranks, block.are_ranks_said
    return case


def _take_traits(case: Case, blocks: Sequence[Block]) -> None:
    for block in reversed(blocks):
        case.groups = {**case.groups, **block.groups}
        case.units = {**case.units, **block.units}
        case.anchors = {**case.anchors, **block.anchors}
        case.directions = {**case.directions, **block.directions}
    case.proved = all(block.proved for block in blocks)
    case.has_words = any(block.has_words for block in blocks)
    case.texts = tuple(dict.fromkeys(text for block in blocks for text in (block.title, *block.texts)))


def _weights(blocks: Sequence[Block], criteria: list[str]) -> FloatArray | None:
    if all(block.weights is None for block in blocks):
        return None
    rows = []
    for block in blocks:
        own = dict(zip(block.criteria, block.weights if block.weights is not None else (), strict=False))
        rows.append([own.get(name, np.nan) for name in criteria])
    found = np.array(rows, dtype=float)
    without = np.isnan(found).all(axis=1)
    # Weights that stand in one table hold for those that have none.
    found[without] = _mean_of(found[~without])
    return found


def _mean_of(tables: FloatArray) -> FloatArray:
    """Mean of what is there over the first axis; NaN where nothing is."""
    count = np.isfinite(tables).sum(axis=0)
    return np.where(count > 0, np.nansum(tables, axis=0) / np.maximum(count, 1), np.nan)


def _are(
    blocks: Sequence[Block],
    weights: FloatArray | None,
    beside: Beside,
    given: Reading,
    findings: Findings,
    *,
    is_summed_up: bool,
) -> str:
    """Whether blocks are segments or raters: by what they are called, else by their weights, else asked."""
    if given.sheets_are is not None:
        return given.sheets_are
    titles = [_title(block) for block in blocks]
    named = _told_by_names(blocks, beside, findings)
    if named != "segments" and _is_mean_totalled(blocks, findings):
        findings.guess(
            "Totals come out by the mean of what all of them gave, so that they are people who scored."
        )
        return "raters"
    if named:
        return named
    alike = weights is None or np.allclose(weights, weights[0], equal_nan=True)
    if alike and is_summed_up:
        findings.guess("The tables are people who scored: one more table is the mean of theirs.")
        return "raters"
    told = "" if alike else " They weigh differently."
    listed = ", ".join(map(shorten, titles[:4]))
    findings.ask(
        "sheets_are", (), f"Are {listed} segments of customers, or people who scored?{told}", "segments"
    )
    return "segments"


def _is_mean_totalled(blocks: Sequence[Block], findings: Findings) -> bool:
    """Whether totals that no block gives for itself are those of the mean of all, which proves the reading."""
    first, unproved = blocks[0], [block.unproved for block in blocks]
    if unproved[0] is None or not all(unproved):
        return False
    name, totals, places = unproved[0]
    mean = _mean_of(np.stack([block.in_order(first.options, first.criteria) for block in blocks]))
    check = best_check(mean, first.weights, totals, places, first.criteria, name)
    if check is None or not (check.adds_as_they_stand and check.matches == check.count > 1):
        return False
    findings.take_back(UNPROVED_TOTAL.format(name))
    findings.formula = findings.formula or check.formula
    findings.agree, findings.compared = findings.agree + check.matches, findings.compared + check.count
    for block in blocks:
        block.proved = True
    return True


def _told_by_names(blocks: Sequence[Block], beside: Beside, findings: Findings) -> str:
    """Segments or raters, by lists, by what stands around the blocks, or by sizes; blank where none tells."""
    titles = {segment_key(_title(block)) for block in blocks}
    if titles <= {*map(segment_key, beside.names.values())} or all(block.is_segment for block in blocks):
        return "segments"
    if all(_PERSON.match(_title(block)) for block in blocks):
        return "raters"
    return _named_as(_around(blocks)) or ("" if _sizes(blocks, findings) is None else "segments")


def _around(blocks: Sequence[Block]) -> Iterator[str]:
    """Texts around the blocks: "Market growth" is a criterion, and says nothing of who the tables belong to."""
    lines = {name for block in blocks for name in (*block.criteria, *block.options, *block.groups.values())}
    return (text for block in blocks for text in (block.title, *block.texts) if text not in lines)


def _named_as(texts: Iterable[str]) -> str:
    """Raters or segments, by the words in titles and notes; blank where none says so."""
    read = [*texts]
    parts: tuple[tuple[Part, str], ...] = (("rater", "raters"), ("segment", "segments"))
    return next((are for part, are in parts if any(is_named(part, text) for text in read)), "")


def _by_raters(case: Case, findings: Findings) -> Case:
    """Mean of the raters, with the least and the greatest; weights are their mean too."""
    case.raters, case.segments, case.shape = case.segments, [EVERYONE], 5
    each = case.scores
    there = np.isfinite(each).any(axis=0)
    case.scores = _mean_of(each)[None]
    with np.errstate(all="ignore"):
        case.low = np.where(there, np.nanmin(np.where(np.isfinite(each), each, np.inf), axis=0), np.nan)[None]
        case.high = np.where(there, np.nanmax(np.where(np.isfinite(each), each, -np.inf), axis=0), np.nan)[
            None
        ]
    if case.weights is not None:
        if not np.allclose(case.weights, case.weights[0], equal_nan=True):
            findings.guess("The weights are the mean of those that the raters gave.")
        case.weights = _mean_of(case.weights)[None]
    return case


def _sizes(blocks: Sequence[Block], findings: Findings) -> FloatArray | None:
    """Sizes in what stands above each block, where only the name and one number differ."""
    own = [block.size for block in blocks if block.size is not None]
    if len(own) == len(blocks):
        return np.array(own)
    for texts in zip(*(block.texts for block in blocks), strict=False):
        bare = [t.replace(_title(b), "").replace(b.title, "") for b, t in zip(blocks, texts, strict=True)]
        numbers = _one_number_each(bare)
        sizes = np.array([float(number.replace(",", ".")) for number in numbers])
        if numbers and np.ptp(sizes) > 0:
            listed = ", ".join(numbers)
            findings.guess(
                f"Sizes of the segments are read above the tables: {listed} ({shorten(texts[0])!r})."
            )
            return sizes
    return None


def _one_number_each(texts: Sequence[str]) -> list[str]:
    """Number in each text, where they say the same of a size but for one number; else none."""
    numbers = [_NUMBER.findall(text) for text in texts]
    are_shares = all("%" in text for text in texts) and abs(sum(float(n[0]) for n in numbers if n) - 100) < 1
    are_alike = len({_NUMBER.sub("#", text) for text in texts}) == 1 and (
        are_shares or _SIZE.search(texts[0])
    )
    return [number for (number,) in numbers] if are_alike and len(numbers[0]) == 1 else []


def _are_shares(texts: Sequence[str]) -> bool:
    """Whether the percentages in texts add up to 100."""
    found = [re.search(r"(\d+(?:[.,]\d+)?)\s*%", text) for text in texts]
    shares = [float(share[1].replace(",", ".")) for share in found if share]
    return len(shares) == len(texts) and abs(sum(shares) - 100) < 1
