"""Segments later, Burdens, Delivery and Links: read from csv files, every problem at its place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from valuemix.errors import InvalidFile
from valuemix.files.tables.frames import from_frames, to_frames
from valuemix.files.tables.grids import GridEdits, edit_table
from valuemix.files.tables.importer import import_files
from valuemix.files.tables.sheets.assembly import Imported
from valuemix.model.scenario import Scenario

DISCIPLINES = "innovation,operational_excellence,social_purpose,customer_intimacy"
FILES = {
    "segments.csv": f"segment,kind,size,{DISCIPLINES},burden\nCrew,employee,1,25,25,25,25,\n"
    "Guests,customer,3,40,30,20,10,30\n",
    "scores.csv": f"proposition,segment,{DISCIPLINES}\nExpress,,8,6,4,5\nGreen line,,3,6,9,7\n",
    "Segments later.csv": f"segment,{DISCIPLINES}\nGuests,10,30,40,20\n",
    "Believed weights.csv": f"segment,{DISCIPLINES}\nGuests,40,30,20,10\n",
    "burdens.csv": "proposition,segment,time,worry,effort,money\nExpress,,2,3,,7\nExpress,Crew,5,,,\n",
    "delivery.csv": f"function,{DISCIPLINES}\nSales,0.9,80%,12.5 %,1\nService,,1,1,1\n",
    "links.csv": "from,to,strength\nCrew,Guests,60%\n",
}


def brought(**changes: str) -> Imported:
    """Files with some of them replaced, by name without ending; a blank one is left out."""
    files: Mapping[str, str] = {
        **FILES,
        **{f"{name.replace('_', ' ')}.csv": text for name, text in changes.items()},
    }
    return import_files({name: text.encode() for name, text in files.items() if text})


def told(**changes: str) -> str:
    with pytest.raises(InvalidFile) as error:
        brought(**changes)
    return "\n".join(str(problem) for problem in error.value.problems if not problem.notice)


def test_all_four_are_read() -> None:
    scenario = brought().scenario
    assert [segment.burden for segment in scenario.segments] == [0, 30]
    assert scenario.later_weights[1].tolist() == [0.1, 0.3, 0.4, 0.2]
    assert scenario.believed_shares[1].tolist() == [0.4, 0.3, 0.2, 0.1]
    assert scenario.believed_shares[0].tolist() == scenario.weights[0].tolist()
    assert [f.name for f in scenario.delivery] == ["Sales", "Service"]
    assert scenario.survival_shares.tolist() == [[0.9, 0.8, 0.125, 1], [1, 1, 1, 1]]
    assert [(x.from_segment, x.to_segment, x.strength) for x in scenario.links] == [("Crew", "Guests", 0.6)]
    rows = scenario.burdens or {}
    assert [*rows["Guests"]["Express"].values()] == [2, 3, None, 7]
    assert [*rows["Crew"]["Express"].values()] == [
        5,
        3,
        None,
        7,
    ]  # a row of its own goes before, cell by cell


def test_what_was_read_otherwise_than_it_stands_is_told() -> None:
    notices = {(n.code, n.message) for n in brought().notices}
    assert ("KEPT", "'Crew' has no row and keeps the points of today") in notices
    lost = "there is no share of innovation for 'Service', so none of it is lost there"
    assert ("NOTHING_LOST", lost) in notices


PROBLEMS = {
    "Segments_later": {
        f"segment,{DISCIPLINES}\nGuest,1,1,1,1\n": "Segments later.csv, row 2, column segment: unknown segment "
        "'Guest'. Did you mean 'Guests'?",
        f"segment,{DISCIPLINES}\nCrew,1,1,1,1\nCrew,1,1,1,1\n": "row 3, column segment: segment 'Crew' stands on "
        "rows 2 and 3",
        f"segment,{DISCIPLINES}\nCrew,1,,1,1\n": "row 2, column operational_excellence: operational_excellence is "
        "blank",
        "segment,innovation\nCrew,1\n": "3 columns are missing",
    },
    "burdens": {
        "proposition,segment,time,worry,effort,money\nExpress,,1,2,3,40\n": "burdens.csv, row 2, column money: "
        "burden must be from 0 to 10, got 40",
        "proposition,segment,time,worry\nExpress,,1,2\n": "2 columns are missing: effort, money",
    },
    "delivery": {
        f"function,{DISCIPLINES}\nSales,90,1,1,1\n": "delivery.csv, row 2, column innovation: share that survives "
        "'Sales' must be from 0 to 1, got 90",
        f"function,{DISCIPLINES}\nSales,much,1,1,1\n": "value 'much' is not a plain number",
        f"function,{DISCIPLINES}\nSales,1,1,1,1\nsales,1,1,1,1\n": "row 3, column function: function 'sales' and "
        "'Sales' differ by capitals only",
    },
    "links": {
        "from,to,strength\nCrew,Guests,\n": "links.csv, row 2, column strength: strength is blank",
        "from,to,strength\nCrew,Guests,1.5\n": "row 2, column strength: strength of the link",
        "from,to,strength\nCrew,Guests,1\nGuests,Crew,1\n": "row 2, column to: who serves whom goes round",
        "from,to\nCrew,Guests\n": "1 column is missing: strength",
    },
}


@pytest.mark.parametrize(
    ("sheet", "text"), [(sheet, text) for sheet, texts in PROBLEMS.items() for text in texts]
)
def test_a_problem_is_told_at_its_cell(sheet: str, text: str) -> None:
    assert PROBLEMS[sheet][text] in told(**{sheet: text})


def test_an_unknown_segment_is_told_once_where_it_stands() -> None:
    found = told(burdens="proposition,segment,time,worry,effort,money\nExpress,Nobody,1,2,3,4\n")
    assert found.count("unknown segment 'Nobody'") == 1
    assert found.startswith("burdens.csv, row 2, column segment")


def test_later_points_of_nothing_are_a_problem_and_not_also_shares_of_it() -> None:
    with pytest.raises(InvalidFile) as error:
        brought(Segments_later=f"segment,{DISCIPLINES}\nGuests,0,0,0,0\n")
    assert "SCALED" not in {problem.code for problem in error.value.problems}
    assert "add up to 0" in str(error.value)


def test_blank_optional_tables_are_as_good_as_none() -> None:
    blank = brought(
        links="from,to,strength\n", delivery=f"function,{DISCIPLINES}\n", burdens="", Segments_later=""
    ).scenario
    assert (blank.links, blank.delivery, blank.burdens, blank.later) == ((), (), None, None)


# ---------------------------------------------------------------------- edits in grids


def edited(sheet: str, **edits: object) -> Scenario:
    return edit_table(brought().scenario, sheet, GridEdits(**edits)).scenario  # type: ignore[arg-type]


def test_a_renamed_segment_keeps_its_links_and_its_later_points() -> None:
    scenario = edited("segments", edited_rows={1: {"segment": "Visitors"}})
    assert scenario.links[0].to_segment == "Visitors"
    assert scenario.later_weights.tolist() == brought().scenario.later_weights.tolist()
    assert list(scenario.burdens or {}) == ["Crew", "Visitors"]


def test_segments_that_swap_names_swap_their_links() -> None:
    swapped = edited("segments", edited_rows={0: {"segment": "Guests"}, 1: {"segment": "Crew"}})
    assert [(x.from_segment, x.to_segment) for x in swapped.links] == [("Guests", "Crew")]


def test_a_deleted_segment_takes_its_links_and_its_later_points_along() -> None:
    scenario = edited("segments", deleted_rows=[0])
    assert scenario.links == ()
    assert list(scenario.later or {}) == ["Guests"]


def test_a_new_segment_starts_later_with_the_points_that_it_has_today() -> None:
    points = dict(zip(DISCIPLINES.split(","), (70, 10, 10, 10), strict=True))
    scenario = edited("segments", added_rows=[{"segment": "Agents", "size": 1, **points}])
    assert (
        scenario.later_weights[2].tolist()
        == scenario.weights[2].tolist()
        == pytest.approx([0.7, 0.1, 0.1, 0.1])
    )


def test_a_new_proposition_starts_without_burdens() -> None:
    scenario = edited("propositions", added_rows=[{"proposition": "Shuttle"}])
    assert scenario.burdens is not None
    assert set(scenario.burdens["Crew"]["Shuttle"].values()) == {None}


def test_a_new_discipline_has_no_points_later_and_loses_nothing() -> None:
    scenario = edited("disciplines", added_rows=[{"name": "Comfort"}])
    assert scenario.later_weights[:, 4].tolist() == [0, 0]
    assert scenario.survival_shares[:, 4].tolist() == [1, 1]


def test_the_last_function_and_the_last_link_may_be_deleted_and_the_first_added() -> None:
    without = edited("links", deleted_rows=[0])
    assert without.links == ()
    row = {"from": "Guests", "to": "Crew", "strength": 0.25}
    again = edit_table(without, "links", GridEdits(added_rows=[row])).scenario
    assert again.links[0].strength == 0.25
    assert edited("delivery", deleted_rows=[0, 1]).delivery == ()


def test_the_weight_of_burden_is_a_column_where_burdens_are_spoken_of() -> None:
    scenario = brought().scenario
    assert to_frames(scenario)["segments"]["burden"].tolist() == [0, 30]
    plain = scenario.replace(
        burdens=None, segments=[s.model_copy(update={"burden": 0.0}) for s in scenario.segments]
    )
    assert "burden" not in to_frames(plain)["segments"]
    assert from_frames(to_frames(scenario)).scenario == scenario
