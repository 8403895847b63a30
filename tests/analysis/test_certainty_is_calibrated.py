"""Claims about who leads, held against worlds with a known truth: how often they are said, and how often false.

Worlds enter as means with ranges (`surveys`), and as respondents (`respondent_worlds`).
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from respondent_worlds import ROLES, drawn_worlds
from surveys import KINDS, worlds

from valuemix.analysis.certainty.certainty import certainty
from valuemix.respondents.survey import survey

FALSE = {"clear": 0.05, "likely": 0.25}
"""At most so many false claims a world, in every kind of world."""

WORLDS = 2000
CASES = [(kind, answers, clustered) for kind in KINDS for answers, clustered in ((30, 0), (150, 0), (150, 1))]


@dataclass(frozen=True)
class Record:
    """What was said in so many worlds, what of it was false, and how often the highest mean alone misleads."""

    worlds: int
    said: Counter[str]
    false: Counter[str]
    misled: int

    def false_share(self, degree: str) -> float:
        return self.false[degree] / self.worlds


def held(kind: str, answers: int, count: int, *, clustered: bool = False) -> Record:
    said: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for world in worlds(kind, answers, count, clustered=clustered):
        found = certainty(world.survey)
        said[found.degree] += 1
        false[found.degree] += world.best != found.leaders
    return Record(count, said, false, false.total())


def heard(kind: str, answers: int, count: int, design: str = "") -> Record:
    """The same of what respondents say."""
    said: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for world in drawn_worlds(kind, answers, count, design):
        found = certainty(world.scenario)
        said[found.degree] += 1
        false[found.degree] += world.best != found.leaders
    return Record(count, said, false, false.total())


def allowed(share: float, count: int) -> float:
    """Bar and two Monte Carlo errors."""
    return share + 2 * np.sqrt(share * (1 - share) / count)


@pytest.mark.nightly
@pytest.mark.parametrize(("kind", "answers", "clustered"), CASES)
def test_no_kind_of_world_makes_false_claims_more_often_than_the_cuts_say(
    kind: str, answers: int, clustered: int
) -> None:
    record = held(kind, answers, WORLDS, clustered=bool(clustered))
    print(f"{kind}, n={answers}{', clustered' if clustered else ''}:", dict(record.said), dict(record.false))
    for degree, share in FALSE.items():
        assert record.false_share(degree) <= allowed(share, WORLDS), (kind, degree)
    assert record.said["certain"] == 0


@pytest.mark.nightly
def test_of_what_is_said_about_worlds_close_together_little_is_false() -> None:
    record = held("random", 150, WORLDS)
    assert record.misled / WORLDS > 0.25  # what naming the highest mean would do
    for degree, share in FALSE.items():
        assert record.false[degree] / record.said[degree] <= share


@pytest.mark.nightly
@pytest.mark.parametrize(("kind", "leads", "probably"), [("random", 0.13, 0.25), ("clear", 0.78, 0.17)])
def test_what_is_there_is_found(kind: str, leads: float, probably: float) -> None:
    record = held(kind, 150, WORLDS)
    assert record.said["clear"] / WORLDS >= leads - 0.03
    assert record.said["likely"] / WORLDS >= probably - 0.03


@pytest.mark.parametrize(("kind", "leads"), [("two tied, others far", 0), ("clear", 40)])
def test_a_sample_of_worlds_keeps_the_bars(kind: str, leads: int) -> None:
    record = held(kind, 150, 80)
    for degree, share in FALSE.items():
        assert record.false_share(degree) <= allowed(share, 80)
    assert record.said["clear"] >= leads


@pytest.mark.nightly
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("answers", "design"), [(30, ""), (150, ""), (150, "clusters"), (150, "segments")])
def test_what_respondents_say_makes_false_claims_no_more_often(kind: str, answers: int, design: str) -> None:
    record = heard(kind, answers, WORLDS, design)
    print(f"{kind}, n={answers}, {design or 'one by one'}:", dict(record.said), dict(record.false))
    for degree, share in FALSE.items():
        assert record.false_share(degree) <= allowed(share, WORLDS), (kind, degree)
    assert record.said["certain"] == 0


def test_a_sample_of_worlds_of_respondents_keeps_the_bars() -> None:
    record = heard("clear", 150, 10)
    for degree, share in FALSE.items():
        assert record.false_share(degree) <= allowed(share, 10)
    assert record.said["clear"] >= 5


@pytest.mark.parametrize("design", ["clusters", "segments"])
def test_worlds_are_what_a_survey_makes_of_the_same_table(design: str, tmp_path: Path) -> None:
    [world] = drawn_worlds("random", 150, 1, design)
    file = tmp_path / "world.parquet"
    world.table.to_parquet(file)
    drawn = {"cluster": "cluster"} if design == "clusters" else {"weight": "weight"}
    read, made = survey(file, ROLES | drawn), world.scenario
    assert read.evidence
    assert made.evidence
    nobody = [own.model_copy(update={"choose": {}}) for own in read.evidence.segments]
    of_file = {"source": "", "hash": made.evidence.hash, "notes": ()}
    heard = read.evidence.model_copy(update={**of_file, "segments": tuple(nobody)})
    assert made == read.replace(evidence=heard, name=made.name, note="", source="")
