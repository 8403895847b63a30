"""Charts of balance: drawn in every skin, of any size and name, from the table alone."""

import pickle
import re

import pytest
from hypothesis import given, settings
from nightly import NIGHTLY, sampled, tries
from plotly import graph_objects as go
from random_scenarios import scenarios
from sample_scenarios import hostile, large, long_names, made

from valuemix import exhibits
from valuemix.exhibits.words.formats import number, share
from valuemix.screen.skins import SKINS

EVERY_SKIN = SKINS if NIGHTLY else ("deck", "light")
"""By day without the dark one, which has other colours alone: test_skins_and_frames_of_figures.py draws it."""
MAKERS = {
    "alignment": exhibits.alignment,
    "dials": exhibits.dials,
    "discipline_check": exhibits.discipline_check,
    "evenness": exhibits.evenness,
    "fit": exhibits.fit,
    "focus": exhibits.focus,
    "preference_share": exhibits.preference_share,
    "statement": exhibits.statement,
}
OWN_MARKUP = re.compile(
    r"</?b>|<br>|</span>|<span style=\"color:#[0-9A-F]{6}(;font-size:\d+(\.\d+)?px)?\">", re.IGNORECASE
)
TEXTS = ("text", "ticktext", "name", "hovertext", "texttemplate")


def with_kinds(scenario):
    kinds = ("customer", "employee", "partner") * 3
    return scenario.replace(
        segments=tuple(
            s.model_copy(update={"kind": k}) for s, k in zip(scenario.segments, kinds, strict=False)
        )
    )


def texts_of(part, key=""):
    """Every text of a figure that plotly reads as markup."""
    if isinstance(part, dict):
        return [text for k, inner in part.items() for text in texts_of(inner, k)]
    if isinstance(part, list | tuple):
        return [text for inner in part for text in texts_of(inner, key)]
    return [part] if key in TEXTS and isinstance(part, str) else []


@pytest.mark.parametrize("key", MAKERS)
@pytest.mark.parametrize(
    "case",
    # At night those of short names as well.
    sampled([long_names(), made(1, 1), large(), made(3, 1)], 2),
    ids=["long", "one", "twenty", "three"],
)
@pytest.mark.one_in(3)
def test_every_chart_is_drawn_in_every_skin_and_plotly_accepts_it(key, case):
    exhibit = MAKERS[key](with_kinds(case))
    assert exhibit.key == key
    assert exhibit.scenarios[0].propositions == case.propositions
    for skin in EVERY_SKIN:
        drawn = exhibit.figure_in(skin)
        go.Figure(drawn.to_dict())
        assert drawn.layout.width == (1280 if skin == "deck" else None)
    assert pickle.loads(pickle.dumps(exhibit)).figure.to_json() == exhibit.figure.to_json()  # noqa: S301


@pytest.mark.parametrize("key", MAKERS)
def test_the_deck_has_the_finding_the_subtitle_and_the_source_inside(key, scenario):
    exhibit = MAKERS[key](scenario)
    texts = [a.text.replace("<br>", " ").replace("\u00a0%", "") for a in exhibit.figure.layout.annotations]
    for wanted in (exhibit.finding, exhibit.subtitle, f"Source: {exhibit.source}"):
        assert any(text.startswith(wanted.split("\u00a0%")[0][:60]) for text in texts), wanted
    if key != "statement":
        assert all(name in exhibit.alt for name in scenario.proposition_names) or key == "dials"


@pytest.mark.parametrize("key", MAKERS)
def test_hostile_names_are_shown_literally(key):
    exhibit = MAKERS[key](with_kinds(hostile()))
    for skin in SKINS if NIGHTLY else ("deck",):
        for text in texts_of(exhibit.figure_in(skin).to_dict()):
            plain = OWN_MARKUP.sub("", text)
            assert not re.search(r"[<>$]", plain), text
            assert "%{" not in plain or text == "%{text}"


@given(scenarios())
@settings(max_examples=tries(10, 3), deadline=None)
def test_nothing_breaks_on_ties_missing_scores_and_sizes_of_0(scenario):
    for make in MAKERS.values():
        exhibit = make(scenario)
        assert exhibit.finding
        exhibit.figure_in("deck")


def test_cells_of_the_tables_print_the_table(scenario):
    fit, check = exhibits.fit(scenario), exhibits.discipline_check(scenario)
    columns = fit.chart.columns[1:]
    shown = [cell.text for column in columns for cell in column.cells]
    assert shown == [share(value, fit.decimals) for value in fit.table["fit_share"]]
    _, *scores, _, _ = zip(*check.chart.rows, strict=True)
    shown = [cell.text.removesuffix(" ↓") for row in zip(*scores, strict=True) for cell in row]
    assert shown == [number(value, check.decimals) for value in check.table["score"]]
    marked = [cell for column in scores for cell in column if "↓" in cell.text]
    assert len(marked) == (check.table["standing"] == "below").sum()


def test_bars_of_profiles_and_preferences_are_the_table(scenario):
    focus, preference = exhibits.focus(scenario), exhibits.preference_share(scenario)
    drawn = [bar.x[row] for row in range(len(scenario.propositions)) for bar in focus.figure.data]
    assert drawn == pytest.approx(focus.table["share"].tolist())
    bars, _ = preference.figure.data
    assert list(bars.x) == pytest.approx(preference.table["preference_share"].tolist())
    printed = [[part.text for part in row.parts] for row in focus.chart.rows]
    for texts in ([row.text for row in preference.chart.rows], *printed):
        assert sum(float(text.removesuffix("\u00a0%")) for text in texts) == pytest.approx(100)


def test_dots_of_segments_and_kinds_are_the_table(scenario):
    even, kinds = exhibits.evenness(scenario), exhibits.alignment(with_kinds(scenario))
    for exhibit in (even, kinds):
        names = exhibit.table["proposition"].drop_duplicates().tolist()
        dots = {
            (names[int(y)], round(x, 9))
            for trace in exhibit.figure.data
            if trace.mode == "markers+text" and trace.name != "Overall"
            for x, y in zip(trace.x, trace.y, strict=True)
        }
        table = exhibit.table
        assert dots == {(n, round(v, 9)) for n, v in zip(table["proposition"], table["value"], strict=True)}


def test_the_map_of_both_dials_marks_today_and_numbers_its_leaders(scenario):
    exhibit = exhibits.dials(scenario)
    texts = next(trace for trace in exhibit.figure.data if trace.type == "heatmap").text
    assert sum(text == "<b>today</b>" for line in texts for text in line) == 1
    columns = exhibit.table["compensation"].nunique()
    place = int(exhibit.table["today"].to_numpy().argmax())
    assert texts[place // columns][place % columns] == "<b>today</b>"
    keys = [a.text for a in exhibit.figure.layout.annotations if "■" in a.text]
    assert len(keys) == exhibit.table["leader"].nunique()
