"""Answers to a form in which everyone rates every offer: a row a respondent, a column an offer and question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from valuemix.errors import shorten
from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import Part, is_named, says_importance
from valuemix.files.recognition.reading import Question, Reading, Role
from valuemix.files.recognition.records.columns import (
    divide_a_sum,
    divided_among,
    have_usual_sum,
    head_of,
    keys_of,
    repeats,
)
from valuemix.files.recognition.records.crossing import segments_asked
from valuemix.files.recognition.records.paired_heads import asked_of_all, paired_heads
from valuemix.files.recognition.records.record_case import EVERYONE, means, names_of
from valuemix.files.recognition.records.table import Records
from valuemix.files.recognition.seen import Seen
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.files.recognition.shapes.scored import scored
from valuemix.files.recognition.shapes.totals import decimals_of, equal_as_printed
from valuemix.typing import FloatArray

__all__ = ["RatedOffers", "divide_points", "offers_by_points", "rated_offers"]

_CODE = re.compile(r"[A-Z]{1,2}\d+[.:)]?\s+")
_PAIR, _LEAST_ROWS, _LEAST_PEOPLE = 2, 3, 8
_RATING, _POINTS = "Rating", "Points"
_MOST_SEGMENTS, _NEAR = 12, 0.1
_UNASKED = "Other criteria"


@dataclass(frozen=True)
class RatedOffers:
    """A sheet of answers, one respondent a row, in which columns are offers.

    Parameters
    ----------
    frame : Frame
    rows : tuple of int
        Of the respondents.
    columns : mapping of (str, str) to int
        Column by question and offer.
    roles : mapping of int to Role
        Of the other columns.
    importance : mapping of str to int
        Column of points by question, where respondents divide a sum over these.
    questions : tuple of Question
        What the owner is asked of the columns.
    odd : tuple of int
        Rows of answers that divide another sum than the others do, which do not count.
    """

    frame: Frame
    rows: tuple[int, ...]
    columns: Mapping[tuple[str, str], int]
    roles: Mapping[int, Role]
    importance: Mapping[str, int] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    odd: tuple[int, ...] = ()

    def case(self, given: Reading, findings: Findings) -> Case:
        """Means over respondents by segment, offer and question."""
        questions, offers = ([*dict.fromkeys(key[i] for key in self.columns)] for i in (0, 1))
        numbers, has_words = scored(
            self.frame.grid, self.rows, [*self.columns.values()], given.words, findings
        )
        by = self._survey_weights()
        segments, segment = self._segments(findings)
        cells = numbers[np.ix_(self.rows, [*self.columns.values()])]
        found = means(cells, by, (segment,), (len(segments),))
        scores = np.full((len(segments), len(offers), len(questions)), np.nan)
        for at, (question, offer) in enumerate(self.columns):
            scores[:, offers.index(offer), questions.index(question)] = found[:, at]
        self._tell(numbers, findings)
        if questions == [_POINTS]:
            findings.guess("A blank among points that are divided counts as 0.")
        findings.questions += self.questions
        weights = None
        if self.importance:
            points = numbers[np.ix_(self.rows, [self.importance[question] for question in questions])]
            weights = means(points, by, (segment,), (len(segments),))
            findings.guess("The weights of a segment are the mean points of its respondents.")
        case = Case(
            3, offers, questions, segments, scores, weights, has_words=has_words, columns_are="options"
        )
        heads = (head_of(self.frame, column) for column in self.columns.values())
        case.texts = (*self.frame.notes, *heads)
        known = segment >= 0
        case.sizes = np.bincount(segment[known], by[known], minlength=len(segments)).astype(float)
        case.named_segments = segments != [EVERYONE]
        case.directions = {_POINTS: "more"} if questions == [_POINTS] else {}
        return case if len(questions) > 1 else _with_another(case, findings)

    def _survey_weights(self) -> FloatArray:
        """Weight of each respondent; 1 where there is none."""
        column = next((c for c, role in self.roles.items() if role == "survey weight"), None)
        if column is None:
            return np.ones(len(self.rows))
        return np.nan_to_num(self.frame.grid.numbers[list(self.rows), column])

    def _segments(self, findings: Findings) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.int64]]]:
        """Segments by the column that names them, and the place of each respondent among them."""
        column = next((c for c, role in self.roles.items() if role == "segment"), None)
        weighted = " with their survey weights" if "survey weight" in self.roles.values() else ""
        findings.guess(
            f"A score is the plain mean over {len(self.rows)} respondents{weighted}, who rate the offers themselves."
        )
        if column is None:
            return [EVERYONE], np.zeros(len(self.rows), dtype=np.int64)
        names, places = names_of(
            [str(text) for text in self.frame.grid.texts[list(self.rows), column].tolist()]
        )
        head = head_of(self.frame, column)
        findings.guess(f"{shorten(head)!r} names the segments.")
        return names, places

    def _tell(self, numbers: FloatArray, findings: Findings) -> None:
        """Say what each column is, what is left out, and which rows of means agree."""
        frame = self.frame
        grid = frame.grid
        roles: dict[str, Role] = {grid.columns[c]: "option" for c in self.columns.values()}
        roles |= {grid.columns[c]: "weight" for c in self.importance.values()}
        for column, role in sorted(self.roles.items()):
            head = head_of(frame, column) or f"column {grid.columns[column]}"
            findings.roles[head] = roles[grid.columns[column]] = role
            if role not in ("segment", "survey weight"):
                findings.leave_out(head, _WHY.get(role, "it is no rating of an offer"))
        roles |= self._tell_sums(numbers, findings)
        told = (*self.columns.values(), *self.importance.values(), *self.roles)
        names = {grid.columns[c]: head_of(frame, c) for c in told}
        records = frozenset(grid.rows[row] for row in self.rows)
        findings.seen.append(Seen(grid.title, frame.title or grid.title, roles, names, records=records))

    def _tell_sums(self, numbers: FloatArray, findings: Findings) -> dict[str, Role]:
        """Say which rows sum the others up, and whether they agree."""
        left = sorted({*self.frame.rows.places} - {*self.rows})
        for row in left:
            place = self.frame.grid.rows[row]
            if not self.frame.grid.values[row, [*self.columns.values()]].any():
                findings.leave_out(f"row {place}", "nothing is answered in it")
                continue
            if row in self.odd:
                findings.leave_out(f"row {place}", "its points do not add up to what those of the others do")
                continue
            findings.leave_out(f"row {place}", "it is no respondent, but sums the others up")
            agree, compared = _agreement(self.frame, row, self.rows, [*self.columns.values()], numbers)
            if 2 * agree >= compared:
                findings.formula = findings.formula or "mean"
                findings.agree, findings.compared = findings.agree + agree, findings.compared + compared
        return dict.fromkeys((self.frame.grid.rows[row] for row in left), "left out")


_WHY: dict[Role, str] = {
    "wave": "answers of all dates and waves count together",
    "note": "it is a note",
    "respondent": "it numbers the respondents",
    "index": "it numbers the rows",
}


def _with_another(case: Case, findings: Findings) -> Case:
    """A case of one question with a second criterion that weighs nothing, since a scenario has two or more."""
    findings.guess(
        f"One question is asked of each offer, and it has all the weight; {_UNASKED!r} stands beside it for what "
        "you may want to score, with a weight of 0."
    )
    case.criteria = [*case.criteria, _UNASKED]
    case.scores = np.concatenate([case.scores, np.full_like(case.scores, np.nan)], axis=-1)
    case.weights = np.tile([100.0, 0.0], (len(case.segments), 1))
    return case


def offers_by_points(frame: Frame, given: Reading) -> RatedOffers | None:
    """Answers in which each respondent divides one sum over columns, taken for the offers, which is asked; or None."""
    columns = divided_among(frame, _answered(frame), frame.columns.places)
    weighs = any(is_named("weight", name) for name in frame.rows.names.values())
    if not columns or given.columns_are is not None or weighs or len(_answered(frame)) < _LEAST_PEOPLE:
        return None
    found = rated_offers(frame, given.model_copy(update={"columns_are": "options"}))
    if found is None:
        return None
    listed = ", ".join(shorten(head_of(frame, c)) for c in columns[:3])
    text = f"Respondents divide one sum over {listed} and so on: are these the offers, or what offers are judged by?"
    return replace(
        found,
        questions=(
            *found.questions,
            Question(key="columns_are", about=(), text=text, guess="options"),
        ),
    )


def divide_points(records: Records) -> bool:
    """Whether each row of records is another respondent, who divides one sum over the columns of scores."""
    people = records.keys.get("respondent")
    are_apart = people is not None and not repeats(records.frame, records.rows, people)
    return are_apart and bool(divided_among(records.frame, records.rows, records.values))


def _answered(frame: Frame) -> list[int]:
    """Rows below the header that are called no total, mean or rank."""
    rows = [r for r in frame.rows.places if r > frame.header]
    words = {r: frame.grid.texts[r][np.isnan(frame.grid.numbers[r])].tolist() for r in rows}
    named = {r: next(filter(None, texts), "") for r, texts in words.items()}
    parts: tuple[Part, ...] = ("total", "sum", "rank")
    return [r for r, name in named.items() if not any(is_named(part, name) for part in parts)]


def rated_offers(frame: Frame, given: Reading) -> RatedOffers | None:
    """Answers in which columns are offers; None where a frame is no such sheet."""
    roles = keys_of(frame, given)
    paired = paired_heads(frame, given)
    columns = paired.columns or _grouped_columns(frame, given) or _bare_columns(frame, roles, given)
    if len(columns) < _PAIR:
        return None
    frame, rows, odd = _counted(frame, columns)
    if len(rows) < _LEAST_ROWS:
        return None
    importance = paired.importance or _importance(frame, columns)
    rated = {*columns.values(), *importance.values()}
    roles |= {c: _other(frame, c, given) for c in frame.columns.places if c not in rated}
    kinds = _kinds_of(frame, rows, roles, given)
    roles |= dict.fromkeys(kinds[:1], "segment")
    asked = (*paired.questions, *_asked_of(frame, kinds))
    return RatedOffers(frame, tuple(rows), columns, roles, importance, asked, tuple(odd))


def _counted(frame: Frame, columns: Mapping[tuple[str, str], int]) -> tuple[Frame, list[int], list[int]]:
    """Rows of answers, and those that divide another sum; where points are divided a blank is 0."""
    places = [*columns.values()]
    if all(question != _POINTS for question, _ in columns):
        return frame, _without_sums(frame, _answered(frame), places), []
    frame = _without_blanks(frame, places)
    rows = np.array(_without_sums(frame, _answered(frame), places), dtype=np.intp)
    counts = have_usual_sum(frame.grid.numbers[rows][:, places])
    return frame, rows[counts].tolist(), rows[~counts].tolist()


def _by_group(frame: Frame) -> dict[str, dict[str, int]]:
    """Columns by the group that stands over them and by their own name."""
    found: dict[str, dict[str, int]] = {}
    for column, group in frame.columns.groups.items():
        found.setdefault(group, {}).setdefault(frame.columns.names[column], column)
    return found


def _grouped_columns(frame: Frame, given: Reading) -> dict[tuple[str, str], int]:
    """Columns by question and offer where each offer stands over the same questions, and rows are people."""
    rows = frame.rows
    are_people = len(rows.places) >= _LEAST_PEOPLE and rows.come_again
    if not are_people or given.shape not in (None, 3) or given.columns_are == "criteria":
        return {}
    groups = _by_group(frame)
    asked = asked_of_all([*groups.values()])
    alike = {group: columns for group, columns in groups.items() if columns.keys() == asked}
    rated = {group: of for group, of in alike.items() if not _tells_importance(frame, group, of)}
    names = _without_code([*rated])
    return {
        (question, name): column
        for name, columns in zip(names, rated.values(), strict=True)
        for question, column in columns.items()
    }


def _tells_importance(frame: Frame, group: str, columns: Mapping[str, int]) -> bool:
    """Whether a group of columns is no offer but how important questions are: by its name, or as it divides a sum."""
    return says_importance(group) or divide_a_sum(frame, [*columns.values()])


def _without_code(groups: Sequence[str]) -> list[str]:
    """Offers without the number of the question that stands before each of them, such as "Q3"."""
    codes = {found[0] if (found := _CODE.match(group)) else "" for group in groups}
    return [group.removeprefix(next(iter(codes))) if len(codes) == 1 else group for group in groups]


def _importance(frame: Frame, columns: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """Columns of importance by question: a group beside the offers that is called so, or divides one sum."""
    questions = [*dict.fromkeys(question for question, _ in columns)]
    for group, of in _by_group(frame).items():
        points = [of[question] for question in questions if question in of]
        if len(points) == len(questions) > 1 and _tells_importance(frame, group, of):
            return dict(zip(questions, points, strict=True))
    return {}


def _bare_columns(frame: Frame, roles: Mapping[int, Role], given: Reading) -> dict[tuple[str, str], int]:
    """Columns that are offers, as the owner said, where dates or ids tell that a row is a respondent."""
    people = {*roles.values(), *(_other(frame, c, given) for c in frame.columns.places)}
    divided = divided_among(frame, _answered(frame), _unsaid(frame, given))
    are_people = divided or not people.isdisjoint(("wave", "respondent")) or frame.rows.come_again
    if given.columns_are != "options" or not are_people or len(frame.rows.places) < _LEAST_PEOPLE:
        return {}
    question, bare = (_POINTS, divided) if divided else (_RATING, _unsaid(frame, given))
    return {(question, head_of(frame, c)): c for c in bare if _other(frame, c, given) == "left out"}


def _unsaid(frame: Frame, given: Reading) -> list[int]:
    """Columns that the owner said nothing of."""
    return [c for c in frame.columns.places if head_of(frame, c) not in given.roles]


def _without_blanks(frame: Frame, columns: Sequence[int]) -> Frame:
    """The frame with 0 where a row that divides a sum over columns leaves one blank."""
    numbers = frame.grid.numbers.copy()
    answered = np.isfinite(numbers[:, columns]).any(axis=1)
    inside = np.ix_(np.flatnonzero(answered), np.array(columns))
    numbers[inside] = np.nan_to_num(numbers[inside])
    return replace(frame, grid=replace(frame.grid, numbers=numbers))


def _other(frame: Frame, column: int, given: Reading) -> Role:
    """Role of a column of numbers that is no rating: a number of the respondent, or something about them."""
    head = head_of(frame, column)
    if is_named("respondent", head):
        return given.roles.get(head, "respondent")
    if is_named("survey weight", head) or (is_named("weight", head) and _is_one_on_average(frame, column)):
        return given.roles.get(head, "survey weight")
    return given.roles.get(head, "index" if is_named("index", head) else "left out")


def _is_one_on_average(frame: Frame, column: int) -> bool:
    """Whether numbers may be survey weights: above 0, and 1 on average."""
    numbers = frame.grid.numbers[frame.header + 1 :, column]
    there = numbers[np.isfinite(numbers)]
    return bool(there.size and (there > 0).all() and abs(there.mean() - 1) < _NEAR)


def _asked_of(frame: Frame, kinds: Sequence[int]) -> list[Question]:
    """The question which of several columns names the segments."""
    return [segments_asked([head_of(frame, c) for c in kinds])] if len(kinds) > 1 else []


def _kinds_of(frame: Frame, rows: Sequence[int], roles: Mapping[int, Role], given: Reading) -> list[int]:
    """Columns of few texts that come again, which may be the segments where none is said or called so."""
    if "segment" in roles.values():
        return []
    texts = {
        c: [t for t in frame.grid.texts[list(rows), c].tolist() if t]
        for c, r in roles.items()
        if r in ("left out", "group")
    }
    few = [
        c
        for c, cells in texts.items()
        if c not in frame.columns.places
        and head_of(frame, c) not in given.roles
        and 1 < len({*cells}) <= min(_MOST_SEGMENTS, len(rows) // _PAIR)
    ]
    return [c for c in few if roles[c] == "group"] or few


def _without_sums(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """Rows without those at the foot that are means or sums of the others, and those that nobody answered."""
    kept = [r for r in rows if frame.grid.values[r, columns].any()]
    while len(kept) > _LEAST_ROWS:
        agree, compared = _agreement(frame, kept[-1], kept[:-1], columns, frame.grid.numbers)
        if compared < _PAIR or agree < compared or not _is_apart(frame, kept[-1], kept[:-1], columns):
            break
        kept.pop()
    return kept


def _is_apart(frame: Frame, row: int, others: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether a row cannot be one more answer: it has decimals that no other has, or numbers beyond all others."""
    at_most = [decimals_of(frame.grid.texts[r, columns]).max() for r in (row, *others)]
    numbers = frame.grid.numbers[:, columns]
    return at_most[0] > max(at_most[1:]) or bool(np.nanmin(numbers[row]) > np.nanmax(numbers[list(others)]))


def _agreement(
    frame: Frame, row: int, others: Sequence[int], columns: Sequence[int], numbers: FloatArray
) -> tuple[int, int]:
    """How many numbers of a row are the means of other rows, or all their sums, and how many there are."""
    printed = frame.grid.numbers[row, columns]
    places = decimals_of(frame.grid.texts[row, columns])
    cells = numbers[list(others)][:, list(columns)]
    best = max(
        int((equal_as_printed(of(cells, axis=0), printed, places) & np.isfinite(printed)).sum())
        for of in (np.nanmean, np.nansum)
    )
    return best, int(np.isfinite(printed).sum())
