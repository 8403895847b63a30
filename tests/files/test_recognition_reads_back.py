"""What is written out as people write it is read back as it was, without a question where none is needed."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from written_tables import RATERS, Looks, Truth, book_of, csv_of, decorated, looks, matrix, truths, turned

from valuemix.files.recognition.entry import recognise
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.recognise import Recognised

MANY = 40


def read(name: str, data: bytes, said: Reading | None = None) -> Recognised:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return recognise(path, said)


def check(found: Recognised, truth: Truth, *, weighted: bool = True) -> None:
    """The scenario is the truth: names, scores, weights, sizes; nothing was asked, and no total differs."""
    assert not found.reading.questions, found.reading.questions
    assert found.reading.proof is None or not found.reading.proof.mismatches, found.reading.proof
    scenario = found.scenario()
    assert sorted(scenario.proposition_names) == sorted(truth.options), found.reading
    assert sorted(d.name for d in scenario.disciplines) == sorted(truth.criteria), found.reading
    rows = [scenario.proposition_index(name) for name in truth.options]
    names = [d.name for d in scenario.disciplines]
    columns = [names.index(name) for name in truth.criteria]
    groups = [scenario.segment_index(name) for name in truth.groups] if len(truth.groups) > 1 else [0]
    np.testing.assert_allclose(
        scenario.array("scores")[np.ix_(groups, rows, columns)], truth.scores, atol=1e-9
    )
    if weighted:
        wanted = truth.weights / truth.weights.sum(axis=1, keepdims=True)
        np.testing.assert_allclose(scenario.weights[np.ix_(groups, columns)], wanted, atol=1e-9)


@settings(max_examples=tries(MANY), deadline=None)
@given(truths(), looks(), st.booleans(), st.booleans())
def test_a_matrix_is_read_either_way_round(truth: Truth, look: Looks, is_turned: bool, is_book: bool) -> None:
    rows = matrix(truth, look)
    rows = decorated(turned(rows, look) if is_turned else rows, look)
    found = read("m.xlsx", book_of({"Sheet1": rows})) if is_book else read("m.csv", csv_of(rows, look))
    check(found, truth)
    assert found.reading.shape == (2 if is_turned else 1), found.reading
    if look.totals:
        assert found.reading.proof is not None
        assert found.reading.proof.agree == len(truth.options)


@settings(max_examples=tries(MANY), deadline=None)
@given(truths(groups=3, names=RATERS, one_weight=True), looks(), st.booleans())
def test_raters_in_sheets_are_means_with_the_least_and_the_greatest(
    truth: Truth, look: Looks, is_turned: bool
) -> None:
    sheets = {
        name: decorated(turned(matrix(truth, look, g), look) if is_turned else matrix(truth, look, g), look)
        for g, name in enumerate(truth.groups)
    }
    found = read("raters.xlsx", book_of(sheets))
    mean = Truth(
        truth.options,
        truth.criteria,
        ["Everyone"],
        truth.scores.mean(axis=0)[None],
        truth.weights[:1],
        truth.sizes[:1],
    )
    check(found, mean)
    assert found.reading.raters == tuple(truth.groups)
    scenario = found.scenario()
    assert np.nanmin(scenario.array("low")) == truth.scores.min()


@settings(max_examples=tries(MANY), deadline=None)
@given(truths(groups=3, names=RATERS, one_weight=True), looks(), st.randoms())
def test_raters_in_a_column_are_read_in_any_order_of_columns(
    truth: Truth, look: Looks, rng: random.Random
) -> None:
    head = [look.words[8], look.words[2], *truth.criteria]
    body = [
        [rater, option, *truth.scores[g, p].tolist()]
        for g, rater in enumerate(truth.groups)
        for p, option in enumerate(truth.options)
    ]
    order = [*range(len(head))]
    rng.shuffle(order)
    rng.shuffle(body)
    rows = decorated([[row[i] for i in order] for row in [head, *body]], look)
    found = read("raters.csv", csv_of(rows, look))
    mean = Truth(
        truth.options,
        truth.criteria,
        ["Everyone"],
        truth.scores.mean(axis=0)[None],
        truth.weights[:1],
        truth.sizes[:1],
    )
    check(found, mean, weighted=False)
    assert {*found.reading.raters} == {*truth.groups}


@settings(max_examples=tries(MANY), deadline=None)
@given(truths(groups=3), looks(), st.booleans(), st.booleans())
def test_a_sheet_a_segment_is_read_with_the_sizes_that_are_listed(
    truth: Truth, look: Looks, is_turned: bool, listed: bool
) -> None:
    sheets = {
        name: decorated(turned(matrix(truth, look, g), look) if is_turned else matrix(truth, look, g), look)
        for g, name in enumerate(truth.groups)
    }
    if listed:
        sizes = [[name, size] for name, size in zip(truth.groups, truth.sizes.tolist(), strict=True)]
        sheets = {"Overview": [[look.words[6], look.words[9]], *sizes], **sheets}
    found = read("segments.xlsx", book_of(sheets), None if listed else Reading(sheets_are="segments"))
    check(found, truth)
    assert found.reading.shape == 6
    if "Overview" in sheets:
        assert [found.reading.sizes[name] for name in truth.groups] == truth.sizes.tolist()


@settings(max_examples=tries(MANY), deadline=None)
@given(truths(groups=2), looks(), st.randoms(), st.booleans())
def test_a_long_list_is_read_in_any_order_and_words(
    truth: Truth, look: Looks, rng: random.Random, weighted: bool
) -> None:
    _, criterion, option, _, _, notes, segment, score, *_ = look.words
    head: list[object] = [option, segment, criterion, score, *([look.words[0]] if weighted else []), notes]
    body: list[list[object]] = [
        [o, s, c, float(truth.scores[g, p, d]), *([float(truth.weights[g, d])] if weighted else []), ""]
        for g, s in enumerate(truth.groups)
        for p, o in enumerate(truth.options)
        for d, c in enumerate(truth.criteria)
    ]
    if look.totals:
        sums = truth.scores.sum(axis=2)
        body += [
            [o, s, look.words[3], float(sums[g, p]), *([100.0] if weighted else []), ""]
            for g, s in enumerate(truth.groups)
            for p, o in enumerate(truth.options)
        ]
    rng.shuffle(body)
    if look.numbered:
        head, body = ["ID", *head], [[500 + i, *row] for i, row in enumerate(body)]
    order = [*range(len(head))]
    rng.shuffle(order)
    rows = decorated([[row[i] for i in order] for row in [head, *body]], look)
    found = read("long.csv", csv_of(rows, look))
    check(found, truth, weighted=weighted)
    assert found.reading.shape == 7


@settings(max_examples=tries(MANY), deadline=None)
@given(truths(), looks())
def test_a_map_that_was_printed_gives_the_same_when_it_is_brought(truth: Truth, look: Looks) -> None:
    from valuemix.files.recognition.reading import Reading

    with TemporaryDirectory() as folder:
        path = Path(folder) / "m.csv"
        path.write_bytes(csv_of(decorated(matrix(truth, look), look), look))
        first = recognise(path)
        again = recognise(path, Reading.from_json(first.reading.to_json()))
    assert again.scenario() == first.scenario()
    assert again.reading.roles == first.reading.roles


@pytest.mark.nightly
@settings(max_examples=2000, deadline=None)
@given(truths(), looks(), st.booleans())
def test_thousands_of_matrices_are_read(truth: Truth, look: Looks, is_turned: bool) -> None:
    rows = matrix(truth, look)
    rows = decorated(turned(rows, look) if is_turned else rows, look)
    check(read("m.csv", csv_of(rows, look)), truth)
