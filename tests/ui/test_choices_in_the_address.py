"""What is chosen on a page stands in its address, and an address is data."""

from __future__ import annotations

from pathlib import Path

import pytest
from nightly import sampled
from sample_scenarios import examples_in
from streamlit.testing.v1 import AppTest

from valuemix.ui.session.tab import Session

HOSTILE = [
    "<script>alert(1)</script>",
    "x" * 5000,
    "nan",
    "1e999",
    "-1",
    "",
    "\u202e",
    "../../etc/passwd",
    "\x00",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return examples_in(tmp_path_factory.mktemp("address") / "scenarios")


def opened(page: str, folder: Path, scenario: str = "everyone-served", **address: str) -> AppTest:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALUEMIX_SCENARIOS", str(folder))
        script = folder.parent / f"{page}_alone.py"
        script.write_text(f"from valuemix.ui.pages import {page}\n{page}.page()\n", "utf-8")
        at = AppTest.from_file(str(script), default_timeout=180)
        at.context = {"theme": "light"}
        for name, text in {"scenario": scenario, **address}.items():
            at.query_params[name] = text
        return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception
    return at


def address_of(at: AppTest) -> dict[str, str]:
    texts = {name: [text] if isinstance(text, str) else text for name, text in at.query_params.items()}
    return {name: each[-1] for name, each in texts.items()}


def test_choices_of_the_customer_view_come_back_from_its_address(folder: Path) -> None:
    at = opened("customers", folder)
    assert address_of(at) == {"scenario": "everyone-served"}
    at.pills(key="customers-segment").set_value(1)
    at = run(at)
    at.pills(key="customers-part-Felt").set_value("Burden")
    at = run(at)
    at.selectbox(key="customers-proposition").set_value("Co-design lab")
    address = address_of(run(at))
    assert address == {
        "scenario": "everyone-served", "segment": "Mid-market", "part": "Burden", "proposition": "Co-design lab",
    }  # fmt: skip
    back = opened("customers", folder, **address)
    assert [h.value for h in back.subheader] == [h.value for h in at.subheader]
    assert address_of(back) == address


def test_compared_scenarios_and_numbers_come_back_from_their_address(folder: Path) -> None:
    chosen = {
        "with": "green-mandate/margin-squeeze",
        "part": "On the way",
        "against": "Margin squeeze",
        "way": "70",
    }
    at = opened("compare", folder, "base-case", **chosen)
    assert at.multiselect(key="compare-with").value == ["green-mandate", "margin-squeeze"]
    assert at.slider(key="compare-way").value == 70
    assert "On the way from Base case to Margin squeeze" in at.subheader[0].value
    assert address_of(at) == {"scenario": "base-case", **chosen}


@pytest.mark.parametrize("text", sampled(HOSTILE, 3))
def test_what_an_address_cannot_mean_is_left_out(folder: Path, text: str) -> None:
    names = {
        "robustness": ["segment", "weights", "within-10", "ranges", "scores-0.5", "sizes-0", "draws", "seed"],
        "compare": ["segment", "with", "part", "against", "proposition"],
    }
    for page, asked in names.items():
        at = opened(page, folder, "base-case", **dict.fromkeys(asked, text))
        session: Session = at.session_state["valuemix"]
        assert session.segment is None
        assert not at.error
        assert session.scenario.settings.seed == 0
