"""Any table comes in through one screen: said, shown, asked, corrected, and imported only then."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sample_scenarios import ROOT, saved_in
from streamlit.testing.v1 import AppTest
from written_tables import book_of

from valuemix.model.scenario import Scenario
from valuemix.ui.session.incoming.brought_in import BroughtIn
from valuemix.ui.widgets.data_editor import DataEditor

SCRIPT = "from valuemix.ui.pages.data import page\npage()"
MATRIX = "\tDelivery\tQuality\tTotal\nWeight\t60\t40\t\nNorth\t7\t8\t7.4\nEast\t6\t9\t7.2\nWest\t9\t3\t6.6\n"
BACKLOG = b"""feature,reach,impact,confidence,effort,RICE
Login,500,3,0.8,5,240
Dark,300,1,1,2,150
Export,900,high,0.5,XL,
"""


@dataclass
class Screen:
    """The import of one browser tab, as a person uses it."""

    at: AppTest

    @property
    def editor(self) -> DataEditor:
        found: DataEditor = self.at.session_state["data-editor"]
        return found

    @property
    def brought(self) -> BroughtIn:
        return self.editor.brought

    @property
    def open(self) -> Scenario:
        return self.editor.session.scenario

    def run(self) -> Screen:
        self.at.run()
        assert not self.at.exception, self.at.exception
        return self

    def show_box(self) -> Screen:
        if "data-cancel" in [button.key for button in self.at.button]:
            self.press("cancel")
        self.at.session_state[f"data-import-{self.brought.count}"] = True
        return self.run()

    def paste(self, text: str) -> Screen:
        self.show_box()
        self.at.text_area(key=f"data-paste-{self.brought.count}").set_value(text)
        return self.run()

    def bring(self, name: str, content: bytes) -> Screen:
        self.show_box()
        self.at.file_uploader[0].upload(name, content)
        return self.run()

    def press(self, name: str) -> Screen:
        self.at.button(key=f"data-{name}").click()
        return self.run()

    def say(self, what: str, about: str, answer: object) -> Screen:
        key = f"data-say-{self.brought.count}-{what}-{about}"
        boxes = [*self.at.selectbox, *self.at.number_input]
        next(box for box in boxes if box.key == key).set_value(answer)  # type: ignore[union-attr]
        return self.run()

    def told(self) -> str:
        told = [*self.at.markdown, *self.at.caption, *self.at.error]
        return " ".join(each.value for each in told).replace("\\", "")

    def sheet(self) -> str:
        return next((each.proto.body for each in self.at.get("html") if "vm-sheet" in each.proto.body), "")


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Screen:
    folder = saved_in(tmp_path_factory.mktemp("door"), Scenario.from_arrays([[5, 5], [4, 4]], name="Mine"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALUEMIX_SCENARIOS", str(folder))
        return Screen(AppTest.from_string(SCRIPT, default_timeout=180)).run()


def test_a_table_is_said_and_shown_by_its_roles_and_nothing_changes_until_it_is_imported(
    screen: Screen,
) -> None:
    before = screen.open
    screen.paste(MATRIX)
    assert (
        "3 options, 2 criteria in columns, weights in row 2. Your own totals agree (3 of 3)." in screen.told()
    )
    assert "- Total: totals are computed anew" in screen.told()
    assert [box.label for box in screen.at.expander][1:] == [
        "See and correct the reading (2 taken for granted, 1 left out)"
    ]
    assert '<td class="criterion name">Delivery</td>' in screen.sheet()
    assert '<th scope="col" class="out">D<small>total, left out</small></th>' in screen.sheet()
    assert '<th scope="row" class="weight">2<small>weights</small></th>' in screen.sheet()
    assert "North" in screen.told()
    assert screen.open == before
    screen.press("open")
    assert screen.open.proposition_names == ("North", "East", "West")
    assert (screen.open.name, screen.brought.scenario) == ("Pasted case", None)
    screen.press("undo")
    assert screen.open == before


def test_only_what_cannot_be_known_is_asked_with_its_guess_in_the_box(screen: Screen) -> None:
    screen.bring("backlog.csv", BACKLOG)
    shown = {box.label: box.value for box in screen.at.number_input if "words" in (box.key or "")}
    assert shown == {"high": 3, "XL": 8}
    guessed = screen.brought.scenario
    screen.say("words", "XL", 1.0)
    assert {box.label for box in screen.at.number_input if "words" in (box.key or "")} == {"high", "XL"}
    assert screen.brought.given.words == {"XL": 1.0}
    assert screen.brought.scenario not in (None, guessed)


def test_of_sizes_it_is_asked_whether_they_are_such(screen: Screen) -> None:
    scores: list[list[object]] = [["Criterion", "Weight", "A", "B"], ["Speed", 60, 5, 1], ["Care", 40, 3, 2]]
    sizes: list[list[object]] = [["Who", "Cards", "Margin"], ["Families", 300, 20], ["Trade", 100, 90]]
    screen.bring("sizes.xlsx", book_of({"Sizes": sizes, "Families": scores, "Trade": scores}))
    [asked] = [box for box in screen.at.selectbox if "the size of the segments" in box.label]
    assert (asked.value, asked.options) == ("size", ["Yes, Cards", "No"])
    screen.say("roles", "Cards", "left out")
    assert screen.brought.scenario is not None
    assert [each.size for each in screen.brought.scenario.segments] == [20, 90]


def test_every_guess_can_be_corrected_and_the_correction_taken_back(screen: Screen) -> None:
    screen.paste(MATRIX)
    assert screen.brought.scenario is not None
    guessed = screen.brought.scenario.proposition_names
    screen.at.selectbox(key=f"data-line-{screen.brought.count}").set_value("West")
    screen.run().say("roles", "West", "left out")
    assert screen.brought.scenario.proposition_names == ("North", "East")
    assert '<td class="out">West</td>' in screen.sheet()
    screen.press("take-back")
    assert screen.brought.scenario is not None
    assert screen.brought.scenario.proposition_names == guessed


def test_what_a_criterion_stands_under_is_corrected_and_the_others_stay_where_they_were(
    screen: Screen,
) -> None:
    screen.paste("\tHuman\t\tTechnical\t\n\tCare\tAdvice\tSpeed\tReach\nA\t4\t2\t3\t5\nB\t1\t3\t5\t4\n")
    screen.at.selectbox(key=f"data-line-{screen.brought.count}").set_value("Advice")
    screen.run()
    screen.at.selectbox(key=f"data-say-{screen.brought.count}-disciplines-Advice").set_value("Technical")
    screen.run()
    taken = screen.brought.found.reading.disciplines
    assert taken == {"Care": "Human", "Advice": "Technical", "Speed": "Technical", "Reach": "Technical"}


def test_the_ends_of_a_criterion_in_a_unit_are_corrected(screen: Screen) -> None:
    screen.paste("\tDelivery (days)\tQuality\nNorth\t12\t8\nEast\t4\t9\nWest\t30\t3\n")
    screen.at.selectbox(key=f"data-line-{screen.brought.count}").set_value("Delivery (days)")
    screen.run()
    [worst] = [box for box in screen.at.number_input if box.label == "Value of the lowest score"]
    worst.set_value(60.0)
    screen.run()
    assert screen.brought.found.reading.anchors["Delivery (days)"][0] == 60.0


def test_a_correction_that_leaves_no_table_is_told_and_can_be_taken_back(screen: Screen) -> None:
    screen.paste(MATRIX)
    screen.at.selectbox(key=f"data-line-{screen.brought.count}").set_value("Quality")
    screen.run().say("roles", "Quality", "left out")
    assert "As you corrected it the table cannot be read." in screen.told()
    assert "data-open" not in [button.key for button in screen.at.button]
    screen.press("take-back")
    assert "data-open" in [button.key for button in screen.at.button]


def test_our_own_sheets_pass_without_a_question(screen: Screen) -> None:
    book = ROOT / "scenarios" / "sfo_2017.xlsx"
    screen.bring(book.name, book.read_bytes())
    assert screen.sheet() == ""
    assert [box.key for box in screen.at.selectbox if "data-say" in (box.key or "")] == []
    assert any("Read and valid" in each.value for each in screen.at.success)


def test_cells_of_a_hostile_file_stay_text(screen: Screen) -> None:
    script = "<script>alert(1)</script>"
    head = f'"{script}","=1+1","[x](javascript:1)"'
    text = f',{head}\nWeight,50,30,20\n"<img src=x onerror=y>",3,4,5\n"**B** :red[x]",4,2,1\n'
    screen.bring("<b>.csv", text.encode())
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in screen.sheet()
    assert "&lt;img src=x onerror=y&gt;" in screen.sheet()
    assert "<script>" not in screen.sheet()
    assert "<img" not in screen.sheet()
    ranked = " ".join(each.proto.body for each in screen.at.get("html"))
    assert "<img" not in ranked
    for each in (*screen.at.markdown, *screen.at.caption):
        assert ":red[" not in each.value
        assert "](javascript" not in each.value


def test_corrections_are_remembered_for_the_next_table_with_this_header_until_they_are_forgotten(
    screen: Screen,
) -> None:
    screen.paste(MATRIX)
    screen.say("scale", "highest", 20.0)
    screen.press("open")
    screen.paste(MATRIX.replace("North\t7", "South\t5"))
    assert "Read as you corrected a table with this header before" in screen.told()
    assert screen.brought.scenario is not None
    assert (screen.brought.scenario.scale.highest, screen.brought.scenario.proposition_names[0]) == (
        20,
        "South",
    )
    screen.press("forget")
    assert screen.brought.scenario.scale.highest == 10
    screen.paste(MATRIX)
    assert screen.brought.remembered is None


def test_a_remembered_map_that_is_damaged_is_told_and_the_guess_is_taken(screen: Screen) -> None:
    screen.paste(MATRIX).say("scale", "highest", 30.0).press("open")
    folder = screen.brought.files.store.folder / ".mappings"
    [path] = folder.iterdir()
    path.write_text("{")
    screen.paste(MATRIX)
    assert "What was remembered of such a table is not followed" in screen.told()
    assert screen.brought.scenario is not None
    assert screen.brought.scenario.scale.highest == 10
    screen.press("forget")
    assert not [*folder.iterdir()]


def test_a_table_that_cannot_be_read_is_shown_with_the_nearest_that_can(screen: Screen) -> None:
    screen.bring("plan.csv", b"Rater,Offer\nAnn,X\nBen,Y\n")
    assert "Nothing was imported." in screen.told()
    assert "The nearest that can be read is scores by several raters, such as:" in screen.told()
    assert "Ann" in screen.sheet()
    assert screen.brought.scenario is None
