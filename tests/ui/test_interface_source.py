"""Rules of the interface that can be read off its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from sample_scenarios import ROOT

UI = ROOT / "src" / "valuemix" / "ui"
FILES = {
    path.relative_to(UI).as_posix(): path.read_text(encoding="utf-8") for path in sorted(UI.rglob("*.py"))
}
NO_MARKDOWN = {
    "App", "Page", "cache_data", "cache_resource", "code",
    "column_config.NumberColumn", "column_config.TextColumn", "columns",
    "container", "data_editor", "dataframe", "fragment", "get_option", "html", "navigation",
    "plotly_chart", "rerun", "set_page_config", "space", "stop", "switch_page", "table",
}  # fmt: skip
"""Calls whose first argument is no text, or is shown as it stands."""
OURS = {"literal", "meaning", "len", "number", "_kept", "signed", "_listed", "_summed_up"}
"""Functions that escape, or give words and figures that are not from data."""
REVIEWED = {
    "settings.compensation": "a number, min or max",
    "settings.fairness": "a number or max",
    "'\\n'.join(lines or ['Nothing differs.'])": "each line is escaped",
    "later": "a sentence of ours",
    "entry.newest_good": "a number",
    "entry.revision": "a number",
    "by": "from signed",
    "TRASH_DAYS": "a number",
    "DRAFT_DAYS": "a number",
    "count": "a number",
    "page_title": "of a page of ours",
    "page_help": "of a page of ours",
    "address": "of a page of ours",
}
"""Other texts that are shown as Markdown, with the reason why no name can take effect in them."""


def streamlit_calls(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("st."):
            yield node


def markdown_arguments(call: ast.Call) -> Iterator[ast.expr]:
    name = ast.unparse(call.func).removeprefix("st.")
    if name not in NO_MARKDOWN and "." not in name:
        yield from call.args[:1]
    yield from (
        keyword.value for keyword in call.keywords if keyword.arg in {"label", "help", "body", "title"}
    )


def raw_parts(text: ast.expr) -> Iterator[str]:
    """Parts of a text that are neither written in the source nor escaped."""
    match text:
        case ast.Constant():
            return
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts):
            pass
        case ast.FormattedValue(value=part):
            parts = [part]
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.IfExp(body=body, orelse=orelse):
            parts = [body, orelse]
        case ast.Call(func=ast.Name(id=name)) if name in OURS:
            return
        case _:
            yield ast.unparse(text)
            return
    for part in parts:
        yield from raw_parts(part)


@pytest.mark.parametrize("file", FILES)
def test_every_text_from_data_is_escaped_before_it_is_shown(file: str) -> None:
    for call in streamlit_calls(FILES[file]):
        for argument in markdown_arguments(call):
            raw = {*raw_parts(argument)} - {*REVIEWED}
            assert not raw, f"{file}:{call.lineno} shows {raw} as Markdown: put literal() around it"


@pytest.mark.parametrize("file", FILES)
def test_options_that_are_shown_as_markdown_are_escaped(file: str) -> None:
    for call in streamlit_calls(FILES[file]):
        if ast.unparse(call.func) in {"st.pills", "st.segmented_control", "st.menu_button", "st.radio"}:
            chosen = [ast.unparse(k.value) for k in call.keywords if k.arg == "format_func"]
            assert chosen, f"{file}:{call.lineno} has no format_func"
            assert chosen[0] == "literal" or "literal(" in chosen[0], f"{file}:{call.lineno}"


def test_options_of_a_selectbox_are_shown_as_they_stand() -> None:
    calls = [
        ast.unparse(call)
        for source in FILES.values()
        for call in streamlit_calls(source)
        if ast.unparse(call.func) == "st.selectbox"
    ]
    options = [text.partition("format_func=")[2].partition(", key=")[0] for text in calls]
    assert [text for text in options if "literal" in text] == []


@pytest.mark.parametrize("file", FILES)
def test_only_one_file_knows_the_session_state(file: str) -> None:
    assert ("session_state" in FILES[file]) == (file == "session/state.py")


@pytest.mark.parametrize(
    "word", ["unsafe_allow_html", "unsafe_allow_javascript", "components.v1", "pickle", "eval(", "exec("]
)
def test_nothing_in_the_interface_runs_markup_or_code_from_data(word: str) -> None:
    assert [file for file, source in FILES.items() if word in source] == []


def test_html_is_made_of_elements_which_escape_their_texts() -> None:
    shown = [
        (file, call)
        for file, source in FILES.items()
        for call in streamlit_calls(source)
        if ast.unparse(call.func) == "st.html"
    ]
    assert {file for file, _ in shown} == {
        "widgets/components.py", "widgets/page_style.py", "widgets/preview.py", "widgets/presentation.py",
        "widgets/table_reading.py", "widgets/tables.py",
    }  # fmt: skip
    for _, call in shown:
        (argument,) = call.args
        assert isinstance(argument, ast.Call)
        assert ast.unparse(argument.func) == "element"


def test_app_and_package_have_the_same_settings() -> None:
    inside = (UI / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8") == inside
