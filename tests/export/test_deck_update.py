"""A deck that people edited is brought up to date: ours is new, theirs stays, nothing else in the file differs."""

from __future__ import annotations

import copy
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Emu
from sample_scenarios import made

from valuemix.analysis.value.scoring import evaluate
from valuemix.cli import main
from valuemix.decisions.folder import Kept, keep
from valuemix.decisions.record import decide
from valuemix.decisions.review import reversed_in, review
from valuemix.exhibits.documents.decisions import stand_words
from valuemix.exhibits.slides import exhibits_of, slide_of
from valuemix.export.pptx import make_deck
from valuemix.export.pptx.identity.package import CUSTOM, Package, parsed
from valuemix.export.pptx.update.replay import replay
from valuemix.export.pptx.update.update import update
from valuemix.export.pptx.update.words import set_words
from valuemix.files.scenarios.scenario_file import load, save

pytestmark = pytest.mark.usefixtures("made_once")

DAY = datetime.date(2026, 3, 1)
BEFORE = load(Path(__file__).parents[2] / "scenarios" / "base-case.json")
AFTER = BEFORE.with_weights(None, {BEFORE.discipline_ids[3]: 55})
"""The ranking is another one, and so is its leader."""

SLIDES = [slide_of("ranking"), slide_of("values")]


@pytest.fixture(scope="module")
def deck() -> bytes:
    return make_deck(exhibits_of(BEFORE, slides=SLIDES), today=DAY)


@pytest.fixture(scope="module")
def as_new() -> Any:
    return opened(make_deck(exhibits_of(AFTER, slides=SLIDES), today=DAY))


def opened(deck: bytes) -> Any:
    return Presentation(io.BytesIO(deck))


def saved(presentation: Any) -> bytes:
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def chart_on(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.has_chart)


def table_on(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.has_table).table


def rows_of(table: Any) -> dict[str, list[str]]:
    return {row.cells[0].text: [cell.text for cell in list(row.cells)[1:]] for row in table.rows}


def point_of(plot: Any, name: str) -> Any:
    """Mark of a proposition in the first series of a plot, which the format of a point belongs to."""
    return plot.series[0].points[list(plot.categories).index(name)]


def test_the_same_scenario_on_the_same_day_leaves_the_file_byte_for_byte(deck: bytes) -> None:
    made = update(deck, [BEFORE], today=DAY)
    assert made.changes == []
    assert made.content == deck


def test_a_deck_that_nobody_touched_becomes_the_deck_of_the_new_scenario(deck: bytes) -> None:
    made = update(deck, [AFTER], today=DAY)
    assert {told.state for told in replay(made.content)} == {"same"}
    assert {change.state for change in made.changes} == {"updated"}
    again = update(made.content, [BEFORE], today=DAY)
    assert {told.state for told in replay(again.content, [BEFORE])} == {"same"}


def test_a_coloured_bar_and_a_typed_label_follow_their_proposition(deck: bytes, as_new: Any) -> None:
    presentation = opened(deck)
    plot = chart_on(presentation.slides[1]).chart.plots[0]
    name = plot.categories[0]
    point_of(plot, name).format.fill.solid()
    point_of(plot, name).format.fill.fore_color.rgb = RGBColor(200, 0, 0)
    point_of(plot, name).data_label.text_frame.text = "ours!"
    made = update(saved(presentation), [AFTER], today=DAY)
    plot, new = (chart_on(each.slides[1]).chart.plots[0] for each in (opened(made.content), as_new))
    assert list(plot.categories) == list(new.categories) != [name]
    assert plot.categories[0] != name
    assert [list(own.values) for own in plot.series] == [list(own.values) for own in new.series]
    assert point_of(plot, name).format.fill.fore_color.rgb == RGBColor(200, 0, 0)
    assert point_of(plot, name).data_label.text_frame.text == "ours!"
    marked = [int(each.find(qn("c:idx")).get("val")) for each in plot.series[0]._element.iter(qn("c:dPt"))]
    assert marked == [list(plot.categories).index(name)]


def test_a_retyped_cell_own_rows_and_deleted_rows_stay_and_the_others_are_new(
    deck: bytes, as_new: Any
) -> None:
    presentation = opened(deck)
    table = table_on(presentation.slides[3])
    first, second, third = (table.cell(row, 0).text for row in (2, 1, 3))
    assert rows_of(table)[first][0] != rows_of(table_on(as_new.slides[3]))[first][0]
    table.cell(2, 1).text_frame.paragraphs[0].runs[0].text = "n/a"
    table.cell(1, 2).text_frame.paragraphs[0].runs[0].font.name = "Courier New"
    table._tbl.tr_lst[2].addnext(copy.deepcopy(table._tbl.tr_lst[2]))
    for place, word in enumerate(["Our guess", *"12345"]):
        cell = table.cell(3, place)
        if cell.text_frame.paragraphs[0].runs:
            cell.text_frame.paragraphs[0].runs[0].text = word
    deleted = table._tbl.tr_lst[4]
    table._tbl.remove(deleted)
    made = update(saved(presentation), [AFTER], today=DAY)
    found, new = rows_of(table_on(opened(made.content).slides[3])), rows_of(table_on(as_new.slides[3]))
    assert found["Our guess"] == [*"12345", found["Our guess"][-1]]
    assert third not in found
    assert found.pop(first) == ["n/a", *new[first][1:]]
    assert found[second] == new[second]
    kept = next(change for change in made.changes if change.state == "kept")
    assert (kept.slide, kept.before, kept.after) == (4, "n/a", new[first][0])
    assert [name for name in found if name in new] == [name for name in new if name in found]
    runs = table_on(opened(made.content).slides[3])._tbl.iter(qn("a:latin"))
    assert [each.get("typeface") for each in runs] == ["Courier New"]


def test_of_a_row_that_is_no_more_only_what_people_typed_stays_and_is_told() -> None:
    old, new = made(4, 2), made(3, 2)
    slides = [slide_of("scores")]
    before = make_deck(exhibits_of(old, slides=slides), today=DAY)
    presentation = opened(before)
    table = table_on(presentation.slides[0])
    place, name = len(table.rows) - 1, table.cell(len(table.rows) - 1, 0).text
    table.cell(place, 1).text_frame.paragraphs[0].runs[0].text = "ask Ann"
    found = update(saved(presentation), [new], today=DAY)
    rows = rows_of(table_on(opened(found.content).slides[0]))
    assert rows.pop(name) == ["ask Ann", *[""] * (len(table.columns) - 2)]
    assert rows == rows_of(table_on(opened(make_deck(exhibits_of(new, slides=slides))).slides[0]))
    assert "ask Ann" in [change.before for change in found.changes if change.state == "kept"]
    untouched = update(before, [new], today=DAY)
    assert name not in rows_of(table_on(opened(untouched.content).slides[0]))


def test_of_a_column_that_is_no_more_only_what_people_typed_stays_and_is_told() -> None:
    old, new = made(3, 4), made(3, 3)
    slides = [slide_of("values")]
    before = make_deck(exhibits_of(old, slides=slides), today=DAY)
    presentation = opened(before)
    table = table_on(presentation.slides[0])
    gone = table.cell(0, 4).text
    assert gone.startswith("Segment 4")
    table.cell(2, 4).text_frame.paragraphs[0].runs[0].text = "ask Ann"
    row = table.cell(2, 0).text
    found = update(saved(presentation), [new], today=DAY)
    rows = rows_of(table_on(opened(found.content).slides[0]))
    heads = rows[next(iter(rows))]
    place = heads.index(gone)
    assert {name: cells[place] for name, cells in rows.items() if cells[place]} == {
        next(iter(rows)): gone,
        row: "ask Ann",
    }
    assert "ask Ann" in [change.before for change in found.changes if change.state == "kept"]
    untouched = update(before, [new], today=DAY)
    assert gone not in str(rows_of(table_on(opened(untouched.content).slides[0])))


def test_an_exhibit_that_takes_more_slides_gets_them_and_one_that_takes_fewer_says_so() -> None:
    few, many = made(4, 2), made(24, 2)
    slides = [slide_of("values"), slide_of("weights")]
    deck = make_deck(exhibits_of(few, slides=slides), today=DAY)
    made_more = update(deck, [many], today=DAY)
    new = make_deck(exhibits_of(many, slides=slides), today=DAY)
    assert len(opened(new).slides) > len(opened(deck).slides)
    titles = [[slide.shapes.title.text for slide in opened(each).slides] for each in (made_more.content, new)]
    assert titles[0] == titles[1]
    first = [table_on(opened(each).slides[1]) for each in (made_more.content, new)]
    assert [row.height for row in first[0].rows] == [row.height for row in first[1].rows]
    assert {told.state for told in replay(made_more.content)} == {"same"}
    [added] = [change for change in made_more.changes if change.before == "no such slide"]
    assert (added.slide, added.exhibit) == (3, "values")
    assert {change.slide for change in made_more.changes if change.exhibit == "weights"} == {4}
    back = update(made_more.content, [few], today=DAY)
    [left] = [change for change in back.changes if change.state == "left"]
    assert (left.slide, left.exhibit) == (3, "values")
    assert "fewer slides" in left.after


def test_a_row_or_a_column_under_another_name_is_still_the_same(deck: bytes, as_new: Any) -> None:
    presentation = opened(deck)
    table = table_on(presentation.slides[3])
    name, head = table.cell(2, 0).text, table.cell(0, 1).text
    table.cell(2, 0).text_frame.paragraphs[0].runs[0].text = "Short"
    table.cell(0, 1).text_frame.paragraphs[0].runs[0].text = "Big ones"
    made = update(saved(presentation), [AFTER], today=DAY)
    found, new = table_on(opened(made.content).slides[3]), table_on(as_new.slides[3])
    assert rows_of(found)["Short"] == rows_of(new)[name]
    assert found.cell(0, 1).text == "Big ones" != head


def test_a_retyped_title_stays_and_the_new_finding_is_told_and_in_the_notes(deck: bytes, as_new: Any) -> None:
    presentation = opened(deck)
    slide = presentation.slides[1]
    slide.shapes.title.text = "We win"
    notes = slide.notes_slide.notes_text_frame
    notes.text = f"Greet.\n{notes.text}\nPause."
    made = update(saved(presentation), [AFTER], today=DAY)
    found, new = opened(made.content).slides[1], as_new.slides[1]
    assert found.shapes.title.text == "We win"
    assert (
        found.notes_slide.notes_text_frame.text == f"Greet.\n{new.notes_slide.notes_text_frame.text}\nPause."
    )
    told = [change.after for change in made.changes if (change.slide, change.what) == (2, "title")]
    assert told == [new.shapes.title.text]


def test_places_slides_of_their_own_order_and_what_was_deleted_stay(deck: bytes) -> None:
    presentation = opened(deck)
    slides = presentation.slides
    moved = chart_on(slides[1])
    moved.left, moved.width = Emu(1_234_567), Emu(7_654_321)
    slides[1].shapes.add_textbox(0, 0, 999, 999).text_frame.text = "Ask Ann"
    slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = "Questions"
    listed = slides._sldIdLst
    listed.insert(0, listed[-1])  # Questions first
    listed.remove(listed[3])  # the word before the appendix
    edited = saved(presentation)
    made = update(edited, [AFTER], today=DAY)
    found = opened(made.content).slides
    assert found[0].shapes.title.text == "Questions"
    assert len(found) == 4
    assert (chart_on(found[2]).left, chart_on(found[2]).width) == (1_234_567, 7_654_321)
    assert "Ask Ann" in [shape.text_frame.text for shape in found[2].shapes if shape.has_text_frame]
    touched = Package.of(edited).touched(made.content)
    own = Package.of(edited).slides()
    assert own[0] not in touched
    kinds = {name.split("/")[1] for name in touched if name != CUSTOM}
    assert kinds == {"slides", "charts", "notesSlides", "embeddings"}


def test_a_copy_of_a_table_on_a_slide_of_their_own_is_updated_as_well(deck: bytes, as_new: Any) -> None:
    presentation = opened(deck)
    own = presentation.slides.add_slide(presentation.slide_layouts[1])
    own.shapes.title.text = "Mine"
    unmarked = presentation.slides.add_slide(presentation.slide_layouts[1])
    unmarked.shapes.title.text = presentation.slides[1].shapes.title.text
    table = next(shape for shape in presentation.slides[3].shapes if shape.has_table)
    own.shapes._spTree.append(copy.deepcopy(table._element))
    updated = update(saved(presentation), [AFTER], today=DAY)
    [left] = [change for change in updated.changes if change.state == "left"]
    assert (left.slide, left.exhibit) == (6, "ranking")
    found = opened(updated.content).slides
    assert rows_of(table_on(found[4])) == rows_of(table_on(found[3])) == rows_of(table_on(as_new.slides[3]))
    assert found[4].shapes.title.text == "Mine"


def test_cells_of_theirs_in_the_workbook_of_a_chart_stay_and_a_lost_one_comes_back(deck: bytes) -> None:
    def book_of(presentation: Any) -> Any:
        return chart_on(presentation.slides[1]).chart.part.chart_workbook

    presentation = opened(deck)
    book = load_workbook(io.BytesIO(book_of(presentation).xlsx_part.blob))
    book.worksheets[0]["Z99"], book.create_sheet("Mine")["A1"] = "note", 7
    file = io.BytesIO()
    book.save(file)
    book_of(presentation).update_from_xlsx_blob(file.getvalue())
    made = opened(update(saved(presentation), [AFTER], today=DAY).content)
    book = load_workbook(io.BytesIO(book_of(made).xlsx_part.blob))
    assert (book.worksheets[0]["Z99"].value, book["Mine"]["A1"].value) == ("note", 7)
    assert book.worksheets[0]["A2"].value == chart_on(made.slides[1]).chart.plots[0].categories[0]
    chart = chart_on(presentation.slides[1]).chart
    chart.part._element.remove(chart.part._element.find(qn("c:externalData")))
    [rel] = [rel for rel in chart.part.rels.values() if rel.reltype.endswith("/package")]
    chart.part.rels.pop(rel.rId)
    made = opened(update(saved(presentation), [AFTER], today=DAY).content)
    book = load_workbook(io.BytesIO(book_of(made).xlsx_part.blob))
    assert book.worksheets[0]["A2"].value == chart_on(made.slides[1]).chart.plots[0].categories[0]


def test_a_place_of_a_title_slide_that_gives_its_width_alone_stays_as_it_is(deck: bytes) -> None:
    presentation = opened(deck)
    text = presentation.slides[0].placeholders[1]
    text.width = Emu(4_000_000)
    assert text.element.find(f".//{qn('a:off')}") is None
    found = opened(update(saved(presentation), [AFTER], today=DAY).content).slides[0].placeholders[1]
    assert found.element.find(f".//{qn('a:ext')}").get("cx") == "4000000"


def test_new_words_go_into_the_runs_that_are_there() -> None:
    presentation = opened(make_deck([]))
    shape = presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title
    for words in ("Express ", "leads", " by 0.4"):
        shape.text_frame.paragraphs[0].add_run().text = words
    for text, runs in {
        "Express leads by 0.9": ["Express ", "leads", " by 0.9"],
        "Uptime leads by 0.9": ["Uptime ", "leads", " by 0.9"],
        "Uptime probably leads by 0.9": ["Uptime ", "probably leads", " by 0.9"],
        "Nobody": ["Nobody"],
        "": [""],
    }.items():
        set_words(shape.text_frame.paragraphs[0]._p, text)
        assert [run.text for run in shape.text_frame.paragraphs[0].runs] == runs


def test_what_the_new_scenario_does_not_have_is_left_and_told() -> None:
    made_of, now = made(3, 2), made(3, 1)
    old = make_deck(exhibits_of(made_of, slides=[slide_of("ranking", segment="Segment 2")]), today=DAY)
    found = update(old, [now], today=DAY)
    assert [(each.slide, each.exhibit, each.state) for each in found.changes] == [(1, "ranking", "left")]
    assert "Segment 2" in found.changes[0].after
    assert not [name for name in Package.of(old).touched(found.content) if name != CUSTOM]


def test_a_slide_says_what_changed_and_what_stands_and_none_is_added_where_nothing_did(deck: bytes) -> None:
    day, first = datetime.date(2026, 4, 12), BEFORE.proposition_names[evaluate(BEFORE).standing().order[0]]
    taken = decide(BEFORE, first, "2026-12-01", decided="2026-02-28")
    later = decide(AFTER, first, "2026-12-01", decided="2026-03-02")
    kept = [Kept(Path("a.json"), taken), Kept(Path("b.json"), later)]
    made = update(deck, [AFTER], today=day, changes_slide=True, decisions=kept)
    slides = opened(made.content).slides
    assert len(slides) == len(opened(deck).slides) + 1
    rows = rows_of(table_on(slides[-1]))
    assert rows[""] == ["1 March 2026", "12 April 2026"]
    assert reversed_in(taken, AFTER)
    assert made.changes[-1].after.endswith("; two decisions: one is reversed, one stands")
    pair = rows[f"Decision of 2026-02-28: {first} for everyone"]
    assert [words.split("; ")[0] for words in pair] == ["stands", "reversed"]
    assert pair == [stand_words(review(taken, each, f"{on}")) for each, on in ((BEFORE, DAY), (AFTER, day))]
    pair = rows[f"Decision of 2026-03-02: {first} for everyone"]
    assert pair == ["not taken yet", stand_words(review(later, AFTER, f"{day}"))]
    titles = [own.slides[1].shapes.title.text for own in (opened(deck), opened(made.content))]
    assert rows["Who leads"] == titles
    values = evaluate(BEFORE).overall, evaluate(AFTER).overall
    for name, *pair in zip(BEFORE.proposition_names, *values, strict=True):
        then, now = rows[f"Value of {name}"]
        assert [float(then), float(now.split()[0])] == pytest.approx(pair, abs=0.0051)
    listed = parsed(Package.of(made.content)["ppt/presentation.xml"]).iter("{*}sldId")
    ids = [each.get("id") for each in listed]
    assert ids[: len(slides)] == ids[len(slides) :]  # in the sections as well
    again = update(made.content, [AFTER], today=day, changes_slide=True)
    assert again.content == made.content


def test_the_command_updates_in_place_or_into_another_file(tmp_path: Path) -> None:
    board, other = tmp_path / "board.pptx", tmp_path / "other.pptx"
    case, old = save(AFTER, tmp_path / "new.json"), save(BEFORE, tmp_path / "old.json")
    first = BEFORE.proposition_names[evaluate(BEFORE).standing().order[0]]
    for scenario, file in ((BEFORE, "old.json"), (AFTER.renamed("Another"), "another.json")):
        keep(decide(scenario, first, "2999-01-01", case=file), tmp_path / "decisions")
    board.write_bytes(make_deck(exhibits_of(BEFORE, slides=SLIDES[:1]), today=DAY, with_scenario=False))
    run = CliRunner().invoke
    refused = run(main, ["export", str(case), "--update", str(board)])
    assert refused.exit_code == 1
    assert "--case" in refused.stderr
    words = ["export", str(case), "--update", str(board), "--case", str(old)]
    told = json.loads(run(main, [*words, "-o", str(other), "--json"]).stdout)
    assert {change["state"] for change in told["changes"]} == {"updated"}
    assert [each["state"] for each in told["decisions"]] == ["reversed"]
    assert run(main, [*words, "-o", str(other)]).exit_code == 1  # it is there
    made = run(main, words)
    assert "title: " in made.stdout
    assert "The one decision on record is reversed. Wrote" in made.stderr
    assert board.read_bytes() == other.read_bytes()
    folder = ["--decisions", str(tmp_path / "decisions"), "-o", str(other), "--overwrite"]
    assert "Two decisions: " in run(main, [*words, *folder]).stderr
    assert "keeps its slides" in run(main, [*words, "--footer", "ACME"]).stderr
    assert "-o" in run(main, ["export", str(case)]).stderr
    assert "--changes" in run(main, ["export", str(case), "--changes", "-o", "a.pptx"]).stderr
