"""What is found on the way from cells to a scenario, collected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from valuemix.files.recognition.reading import LeftOut, Mismatch, Question, Role
from valuemix.files.recognition.seen import Seen
from valuemix.files.recognition.shapes.totals import Factors
from valuemix.typing import FloatArray

__all__ = ["Block", "Case", "Findings"]


@dataclass
class Findings:
    """Sentences, roles and questions that come up while tables are read.

    Attributes
    ----------
    roles : dict of str to Role
    left_out : list of LeftOut
    guesses : list of str
        One sentence each.
    warnings : list of str
        What ranks otherwise than the owner does, a sentence each.
    questions : list of Question
    words : dict of str to float
        Words that were read as numbers.
    formula : str
        What the totals are, blank where there are none.
    agree, compared : int
        Totals that agree with the cells, and all.
    mismatches : list of Mismatch
    seen : list of Seen
        Blocks of the sheets with what each of their lines was taken for.
    remarks : list of str
        Titles and footers.
    """

    roles: dict[str, Role] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    words: dict[str, float] = field(default_factory=dict)
    formula: str = ""
    agree: int = 0
    compared: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def use(self, sheet: str) -> None:
        """Take back that a sheet is left out, since sizes or weights were taken from it."""
        self.left_out = [left for left in self.left_out if left.what != sheet]
        if all(block.sheet != sheet for block in self.seen):
            self.seen.append(Seen(sheet, sheet, {}))

    def leave_out(self, what: str, why: str) -> None:
        """Note something that has no part in the scenario."""
        left = LeftOut(what=what, why=why)
        if left not in self.left_out:
            self.left_out.append(left)

    def guess(self, sentence: str) -> None:
        """Note something that was taken for granted."""
        if sentence not in self.guesses:
            self.guesses.append(sentence)

    def warn(self, sentence: str) -> None:
        """Note what ranks otherwise than the owner does."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def take(self, other: Findings) -> None:
        """Take over words, guesses and questions of a part that counts."""
        self.words |= other.words
        for sentence in other.guesses:
            self.guess(sentence)
        self.questions += [question for question in other.questions if question not in self.questions]

    def take_back(self, sentence: str) -> None:
        """Take back what was taken for granted, since something else tells it."""
        self.guesses = [guess for guess in self.guesses if guess != sentence]

    def ask(self, key: str, about: tuple[str, ...], text: str, guess: str = "") -> None:
        """Note something that the table does not say."""
        question = Question(key=key, about=about, text=text, guess=guess)
        if question not in self.questions:
            self.questions.append(question)

    def answer(self, key: str) -> None:
        """Take back what was asked of a field, since something else tells it."""
        self.questions = [question for question in self.questions if question.key != key]


@dataclass
class Block:
    """One table of scores: options by criteria, as one group of people or one rater sees them.

    Attributes
    ----------
    title : str
        What it is called: its sheet, its group, or what stands above it.
    texts : tuple of str
        Everything that stands around it.
    options, criteria : list of str
    scores : array, shape (P, D)
        In the owner's numbers; NaN where one is missing.
    weights : array, shape (D,), optional
    groups, units, directions : mapping of str to str
        By criterion, where anything is said.
    factors : Factors, optional
        Where the total is a product.
    columns_are : str
        What the columns of the sheet are.
    ranks : mapping of str to float
        Rank by option that the owner gave, the best first.
    are_ranks_said : bool
        Whether the owner gave them as ranks, rather than by totals that the scores do not give.
    unproved : (str, array, array), shape (P,), optional
        Totals that its own scores do not give: their name, and the decimals that they are printed with.
    is_segment : bool
        Whether it is known to be what a segment weighs, and not what a rater gave.
    size : float, optional
        Of that segment.
    """

    title: str
    texts: tuple[str, ...]
    options: list[str]
    criteria: list[str]
    scores: FloatArray
    weights: FloatArray | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    directions: Mapping[str, str] = field(default_factory=dict)
    factors: Factors | None = None
    anchors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    proved: bool = False
    has_words: bool = False
    columns_are: str = ""
    ranks: Mapping[str, float] = field(default_factory=dict)
    are_ranks_said: bool = True
    unproved: tuple[str, FloatArray, FloatArray] | None = None
    is_segment: bool = False
    size: float | None = None

    def are_points_of(self, other: Block) -> bool:
        """Whether all scores are those of another block between its anchors, on one scale up from 0."""
        if not set(self.criteria) <= other.anchors.keys() or self.anchors:
            return False
        ends = np.array([other.anchors[name] for name in self.criteria]).T
        shares = (other.in_order(self.options, self.criteria) - ends[0]) / (ends[1] - ends[0])
        there = np.isfinite(self.scores) & np.isfinite(shares)
        tops = self.scores[there & (shares > 0)] / shares[there & (shares > 0)]
        return bool(
            there.all() and tops.size and np.allclose(self.scores, shares * np.median(tops), atol=0.051)
        )

    def in_order(self, options: list[str], criteria: list[str]) -> FloatArray:
        """Scores by these names, shape (P, D); NaN where the block has none."""
        found = np.full((len(options), len(criteria)), np.nan)
        at = {name: j for j, name in enumerate(self.criteria)}
        rows = {name: i for i, name in enumerate(self.options)}
        pairs = [(j, at[name]) for j, name in enumerate(criteria) if name in at]
        for i, option in enumerate(options):
            if option in rows:
                for j, k in pairs:
                    found[i, j] = self.scores[rows[option], k]
        return found


@dataclass
class Case:
    """A whole case in the owner's numbers, before scales and disciplines.

    Attributes
    ----------
    shape : int
    options, criteria, segments, raters : list of str
    scores : array, shape (G, P, D)
    low, high : array, shape (G, P, D), optional
    weights : array, shape (G, D), optional
        None where the table gives none.
    sizes : array, shape (G,), optional
    """

    shape: int
    options: list[str]
    criteria: list[str]
    segments: list[str]
    scores: FloatArray
    weights: FloatArray | None = None
    sizes: FloatArray | None = None
    low: FloatArray | None = None
    high: FloatArray | None = None
    raters: list[str] = field(default_factory=list)
    groups: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    directions: Mapping[str, str] = field(default_factory=dict)
    factors: Factors | None = None
    anchors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    proved: bool = False
    has_words: bool = False
    columns_are: str = ""
    texts: tuple[str, ...] = ()
    ranks: Mapping[str, float] = field(default_factory=dict)
    are_ranks_said: bool = True
    is_segment: bool = False
    size: float | None = None
    named_segments: bool = False
    judged: bool = False

    @property
    def is_judged(self) -> bool:
        """Whether people judged: weights are there to add scores up, or raters or respondents gave them."""
        return self.judged or self.weights is not None or self.shape in (3, 5)
