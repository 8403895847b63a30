"""Corrections of a table are remembered by its header, without data, and hostile ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from valuemix.errors import ValuemixError
from valuemix.files.recognition.entry import recognise_files
from valuemix.files.recognition.nearest import example_of, nearest_shape
from valuemix.files.recognition.reading import Ends, Reading, read_map
from valuemix.files.recognition.recognise import UnreadTable
from valuemix.files.recognition.remembered import FOLDER, Mappings, header_key, without_data

TABLE = ",Speed,Care,Price\nWeight,50,30,20\nNorth,3,4,5\nEast,4,2,1\n"
KEY = "ab12"


def test_what_is_kept_is_a_map_for_the_command_line_and_can_be_forgotten(tmp_path: Path) -> None:
    mappings, given = (
        Mappings(tmp_path),
        Reading(roles={"Price": "left out"}, scale=Ends(lowest=0, highest=5)),
    )
    assert mappings.find(KEY) is None
    mappings.keep(KEY, given)
    found = mappings.find(KEY)
    assert found is not None
    assert found.given == given == read_map(tmp_path / FOLDER / f"{KEY}.json")
    mappings.forget(KEY)
    assert mappings.find(KEY) is None


def test_it_holds_no_names_of_options_no_sizes_and_no_file_name() -> None:
    found = recognise_files({"secret.csv": TABLE.encode()})
    said = Reading(
        roles={"North": "left out", "Price": "note", "Weight": "weight"}, sizes={"Everyone": 7}, file="secret.csv",
        options=("North", "East"), directions={"Care": "less"},
    )  # fmt: skip
    kept = without_data(said, found)
    assert kept == Reading(roles={"Price": "note", "Weight": "weight"}, directions={"Care": "less"})
    assert not any(
        name in kept.model_dump_json(exclude_defaults=True) for name in ("North", "East", "secret")
    )


def test_tables_with_the_same_header_have_one_key_whatever_stands_below() -> None:
    texts = [
        TABLE,
        TABLE.replace("North,3", "South,1"),
        TABLE.replace("Price", "PRICE "),
        TABLE.replace("Care", "Cost"),
    ]
    keys = [header_key(recognise_files({"t.csv": text.encode()}).tables) for text in texts]
    assert keys[0] == keys[1] == keys[2] != keys[3]


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"\xff",
        b'{"roles": {"a": "king"}}',
        b'{"no": 1}',
        b"[" * 5000,
        b'{"words": {"a": 1e999}}',
        b" " * 200_000,
    ],
)
def test_a_hostile_map_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / f"{KEY}.json").write_bytes(content)
    with pytest.raises(ValuemixError, match="json"):
        Mappings(tmp_path).find(KEY)


def test_a_link_is_not_followed_and_no_key_leads_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}")
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / f"{KEY}.json").symlink_to(tmp_path / "other.json")
    with pytest.raises(ValuemixError, match="link"):
        Mappings(tmp_path).find(KEY)
    with pytest.raises(ValuemixError, match="key"):
        Mappings(tmp_path).find("../other")


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Hello,world\n", 1),
        ("Criterion,North,East\nSpeed,,\n", 2),
        ("Respondent,Speed\n1,\n", 3),
        ("Feature,Reach,Effort\nLogin,,\n", 4),
        ("Rater,Offer\nAnn,X\n", 5),
        ("Offer,Criterion,Score\nX,Speed,\n", 7),
    ],
)
def test_a_table_without_scores_is_shown_the_nearest_shape(text: str, shape: int) -> None:
    with pytest.raises(UnreadTable) as refused:
        recognise_files({"t.csv": text.encode()})
    assert nearest_shape(refused.value.tables) == shape


@pytest.mark.parametrize("shape", range(1, 8))
def test_examples_of_shapes_are_read_as_they_are_meant(shape: int) -> None:
    roles = {cell.role for _, cells in example_of(shape).rows for cell in cells}
    assert {"score", "option"} <= roles
