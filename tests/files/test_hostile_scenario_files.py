"""Every broken and hostile scenario file of the corpus behaves as its list says."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from valuemix.errors import ProblemsError
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.model.scenario import Scenario

CORPUS = Path(__file__).parents[1] / "data" / "hostile" / "SCENARIO_CASES.tsv"
with CORPUS.open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))

SCENARIO = Scenario.from_arrays(
    [[[8, 9, 6, 9], [7, 7, 7, 7]]] * 2,
    points=[0.4, 0.2, 0.2, 0.2],
    segments=["Nordics", "Iberia"],
    propositions=["Express", "Green line"],
)
TEXT = dumps(SCENARIO)

# The corpus names its places in a neutral format; these are the same places in ours.
PLACES = {
    "/weights/Nordics/innovation": "/segments/0/points/innovation",
    "/weights/Nordics": "/segments/0/points",
    "/weights/Iberia": "/segments/1/points",
    "/schema_version": "/version",
    "/mean_exponent": "/settings/compensation",
    "/wieghts": "/segmnets",
    "/scores/1": "/scores/Nordics/Express/innovation",
    "/scores/16": "/scores/Nordiks",
    "/note": "/remarks",
    "/": "",
}


def edited(edit: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(TEXT)
    edit(document)
    return json.dumps(document).encode()


def with_points(written: str) -> bytes:
    """The file with the points of Nordics on innovation as they are written in the case."""
    return TEXT.replace('"innovation": 0.4', f'"innovation": {written}', 1).encode()


def with_name(name: str) -> bytes:
    return edited(lambda d: d.update(name=name))


def misspelt(document: dict[str, Any]) -> None:
    document["segmnets"] = document.pop("segments")


CONTENT: dict[str, bytes] = {
    "ok_scenario": TEXT.encode(),
    "sc_bom": b"\xef\xbb\xbf" + TEXT.encode(),
    "sc_utf16": TEXT.encode("utf-16"),
    "sc_empty": b"",
    "sc_truncated": TEXT.encode()[: len(TEXT) // 2],
    "sc_nulls": b"\0" * 4096,
    "sc_merge_conflict": f"<<<<<<< HEAD\n{TEXT}=======\n{TEXT}>>>>>>> theirs\n".encode(),
    "sc_trailing_comma": TEXT.replace("\n}\n", ",\n}\n").encode(),
    "sc_python_dict": repr(json.loads(TEXT)).encode(),
    "sc_list": f"[{TEXT}]".encode(),
    "sc_deep": TEXT.replace('"note": ""', '"note": ' + "[" * 100_000 + "]" * 100_000).encode(),
    "sc_long_integer": with_points("9" * 5_000),
    "sc_weight_nan": with_points("NaN"),
    "sc_weight_infinity": with_points("Infinity"),
    "sc_weight_1e999": with_points("1e999"),
    "sc_weight_string": with_points('"0.4"'),
    "sc_weight_comma": with_points('"0,4"'),
    "sc_weight_true": with_points("true"),
    "sc_weight_null": with_points("null"),
    "sc_weight_negative": with_points("-0.4"),
    "sc_weights_zero": edited(
        lambda d: d["segments"][0].update(points=dict.fromkeys(SCENARIO.discipline_ids, 0))
    ),
    "sc_weights_missing": edited(lambda d: d["segments"][1].pop("points")),
    "sc_duplicate_key": TEXT.replace('"name": "Scenario"', '"name": "A",\n "name": "B"').encode(),
    "sc_unknown_key": edited(misspelt),
    "sc_version_newer": edited(lambda d: d.update(version=2)),
    "sc_version_missing": edited(lambda d: d.pop("version")),
    "sc_version_text": edited(lambda d: d.update(version="1")),
    "sc_name_traversal": with_name("../../etc/passwd"),
    "sc_name_markup": with_name("<img src=x onerror=window.__pwn=1>"),
    "sc_name_formula": with_name("=1+1"),
    "sc_name_slashes": with_name("A/B \\ C: D"),
    "sc_name_reserved": with_name("CON"),
    "sc_name_long": with_name("x" * 300),
    "sc_name_blank": with_name("  "),
    "sc_name_surrogate": TEXT.replace('"name": "Scenario"', '"name": "half \\ud800"').encode(),
    "sc_exponent_null": edited(lambda d: d["settings"].update(compensation=None)),
    "sc_exponent_huge": edited(lambda d: d["settings"].update(compensation=1e9)),
    "sc_score_duplicate": TEXT.replace(
        '{"innovation": 8, "oper', '{"innovation": 8, "innovation": 9, "oper', 1
    ).encode(),
    "sc_segment_unknown": edited(lambda d: d["scores"].update(Nordiks=d["scores"]["Nordics"])),
    "sc_no_scores": edited(lambda d: d.update(scores={})),
    "sc_large": edited(lambda d: d.update(remarks="x" * 3_000_000)),
}

# What the message must show of the value that was found, or of the rule.
SHOWN = {
    "sc_weight_nan": "NaN",
    "sc_weight_infinity": "Infinity",
    "sc_weight_1e999": "1e999",
    "sc_weight_string": '"0.4"',
    "sc_weight_comma": '"0,4"',
    "sc_weight_true": "true",
    "sc_weight_null": "nothing",
    "sc_weight_negative": "−0.4",
    "sc_weights_zero": "add up to 0",
    "sc_weights_missing": "points is missing",
    "sc_unknown_key": "Did you mean 'segments'?",
    "sc_version_newer": "newer valuemix",
    "sc_merge_conflict": "git conflict marks",
    "sc_python_dict": "line 1 column 2",
    "sc_list": "this is a list",
    "sc_name_long": "at most 200",
    "sc_name_surrogate": "surrogate",
    "sc_exponent_huge": "from −100 to 100, or min or max",
    "sc_segment_unknown": "Did you mean 'Nordics'?",
    "sc_empty": "the file is empty",
}


def cases(expect: str) -> list[Any]:
    return [pytest.param(row, id=Path(row["file"]).stem) for row in CASES if row["expect"] == expect]


def test_every_case_of_the_list_has_its_content() -> None:
    assert {Path(row["file"]).stem for row in CASES} == CONTENT.keys()


@pytest.mark.parametrize("case", cases("accept"))
def test_a_fine_file_opens_and_shows_its_name_literally(case: dict[str, str]) -> None:
    data = CONTENT[Path(case["file"]).stem]
    written = json.loads(data.decode("utf-8-sig"))["name"]
    assert loads(data, case["file"]) == SCENARIO.renamed(written)


@pytest.mark.parametrize("case", cases("reject"))
def test_a_broken_file_is_refused_with_file_place_value_and_way_out(case: dict[str, str]) -> None:
    stem = Path(case["file"]).stem
    with pytest.raises(ProblemsError) as caught:
        loads(CONTENT[stem], case["file"])
    first = caught.value.problems[0]
    assert first.code == case["code"]
    assert first.place.file == case["file"]
    where = case["where"]
    if where.startswith("/"):
        path = PLACES.get(where, where)
        assert str(first.place) == (f"{case['file']}, {path}" if path else case["file"])
    else:
        assert where in first.message
    assert SHOWN.get(stem, "") in str(first)
    assert first.mend
    assert len(str(caught.value)) < 2_000, "no input may flood a message"
