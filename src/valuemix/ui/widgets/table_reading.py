"""What a table was taken for: said in a sentence, shown in its colours, asked only where it cannot be known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import streamlit as st

from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.table import Column, Table, named, texts
from valuemix.errors import shorten, visible
from valuemix.exhibits import ranking
from valuemix.exhibits.words.formats import number
from valuemix.files.recognition.nearest import example_of, nearest_shape
from valuemix.files.recognition.reading import Question
from valuemix.files.recognition.recognise import Recognised, UnreadTable
from valuemix.files.recognition.seen import SeenSheet, seen_sheets
from valuemix.files.recognition.sentences import SHAPES, finding
from valuemix.model.scenario import Scenario
from valuemix.screen.html.markup import Markup, element
from valuemix.screen.html.sheet import role_words, sheet_css, sheet_html
from valuemix.ui.literal_text import literal
from valuemix.ui.look import page_ground
from valuemix.ui.session.browser.clock import when
from valuemix.ui.session.incoming.brought_in import BroughtIn
from valuemix.ui.session.incoming.corrections import Choice, Corrections
from valuemix.ui.session.state import bind, value
from valuemix.ui.widgets.components import problem_list
from valuemix.ui.widgets.tables import html_table

__all__ = ["table_reading", "unread_table"]

_MOST_RANKED = 12
_MOST_SIZES = 12


def table_reading(brought: BroughtIn) -> None:
    """The screen of a table that was recognised: what it is, the sheet, questions, corrections and the ranking."""
    found = brought.found
    if found is None:
        return
    st.markdown(f"**{literal(finding(found.reading, found.blocks))}**")
    _remembered(brought)
    if brought.refused:
        _not_so(brought)
    for sentence in found.reading.warnings:
        st.warning(literal(sentence), icon=":material/swap_vert:")
    _sheet(brought, found)
    corrections = Corrections(brought, found)
    for question in brought.questions:
        _question(corrections, question)
    _correct(corrections)
    if brought.scenario is not None:
        _ranked(brought.scenario)


def _not_so(brought: BroughtIn) -> None:
    st.error("As you corrected it the table cannot be read. Below is how it was read before.")
    problem_list(brought.refused)


def _remembered(brought: BroughtIn) -> None:
    """That it is read as a table with the same header was corrected, and the way out of that."""
    if brought.remembered is None and not brought.doubt:
        return
    told = brought.doubt
    if brought.remembered is not None:
        told = f"Read as you corrected a table with this header before{when(brought.remembered.saved_at, ' ({})')}."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(literal(told))
        st.button("Forget it", key="data-forget", on_click=brought.forget)


def unread_table(unread: UnreadTable) -> None:
    """The sheet that cannot be read, and the nearest of the shapes that can."""
    if unread.tables:
        st.markdown("What was found, without a part in a scenario:")
        _show(seen_sheets(unread.tables[:1], [], {}, most_rows=8, most_columns=64)[0])
    shape = nearest_shape(unread.tables)
    st.markdown(f"The nearest that can be read is {literal(SHAPES[shape])}, such as:")
    _show(example_of(shape))


def _show(sheet: SeenSheet) -> None:
    st.html(element("div", element("style", Markup(sheet_css())), sheet_html(sheet), style=page_ground()))


# ---------------------------------------------------------------------- the sheet


def _sheet(brought: BroughtIn, found: Recognised) -> None:
    sheets = found.sheets()
    if not sheets:
        return
    shown = sheets[0]
    if len(sheets) > 1:
        key = f"data-sheet-shown-{brought.count}"
        titles = [*range(len(sheets))]
        # What has a part in the scenario is what one wants to see first.
        first = next((i for i in titles if not sheets[i].left_out), 0)
        place = st.selectbox("Sheet", titles, first, lambda i: visible(sheets[i].title), key=key)
        shown = sheets[place]
    _show(shown)
    told = _rest(shown)
    if told:
        st.caption(literal(told))


def _rest(sheet: SeenSheet) -> str:
    """What of a sheet is not shown, or has no part."""
    parts = [
        f"{more:,} more {thing if more == 1 else things}"
        for more, thing, things in (
            (sheet.more_rows, "row", "rows"),
            (sheet.more_columns, "column", "columns"),
        )
        if more
    ]
    told = f"And {' and '.join(parts)}." if parts else ""
    return f"{told} This sheet is left out: {sheet.left_out}." if sheet.left_out else told


def _taken(found: Recognised) -> None:
    """What was taken for granted and what was left out, in short lists."""
    sentences = [*found.reading.guesses, *map(str, found.notices)]
    if sentences:
        st.markdown("**Taken for granted**")
        st.markdown(_listed(sentences))
    why: dict[str, list[str]] = {}
    for item in found.reading.left_out:
        why.setdefault(item.why, []).append(shorten(item.what))
    if why:
        st.markdown("**Left out**")
        st.markdown(_listed(f"{'; '.join(whats)}: {reason}" for reason, whats in why.items()))


def _listed(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {literal(sentence)}" for sentence in sentences)


# ---------------------------------------------------------------------- questions and corrections


def _question(work: Corrections, question: Question) -> None:
    if question.key in ("words", "sizes"):
        st.markdown(literal(question.text))
        _numbers(work, question.key, question.about)
        return
    choices = work.choices(question)
    if len(choices) > 1:
        st.markdown(literal(question.text))
    for choice in choices:
        _select(work, choice)


def _numbers(work: Corrections, what: str, names: Sequence[str]) -> None:
    """A box for the number of each word, or the size of each segment; a blank one is missing."""
    with st.container(horizontal=True):
        for name in names:
            key = bind(work.key(what, name), work.number(what, name))
            st.number_input(
                literal(shorten(name)), key=key, step=1.0, format="%g", width=150,
                persist_state="session", on_change=_said_number,
                args=(work, what, name, key), placeholder="missing",
            )  # fmt: skip


def _said_number(work: Corrections, what: str, name: str, key: str) -> None:
    work.say(what, name, value(key))


def _select(work: Corrections, choice: Choice) -> None:
    key = bind(work.key(choice.what, choice.about), choice.now)
    st.selectbox(
        literal(choice.text), [*choice.options], format_func=lambda option: visible(choice.options[option]), key=key,
        persist_state="session",
        on_change=_said, args=(work, choice, key),
    )  # fmt: skip


def _said(work: Corrections, choice: Choice, key: str) -> None:
    work.say(choice.what, choice.about, value(key))


def _summed_up(found: Recognised) -> str:
    """How much was guessed and left out, which the expander lists."""
    counts = {
        "taken for granted": len(found.reading.guesses) + len(found.notices),
        "left out": len(found.reading.left_out),
    }
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"See and correct the reading{told and f' ({told})'}"


def _correct(work: Corrections) -> None:
    box = st.expander(
        _summed_up(work.found), icon=":material/edit:", key=f"data-correct-{work.brought.count}"
    )
    with box:
        _taken(work.found)
        st.markdown("**Correct a guess**")
        for choice in work.whole():
            _select(work, choice)
        lines = work.lines()
        if lines:
            key = f"data-line-{work.brought.count}"
            line = st.selectbox(
                "Row or column",
                [*lines],
                format_func=lambda name: f"{visible(lines[name][0])} – {role_words(lines[name][1])}",
                key=key,
            )
            if line is not None:
                for choice in work.of_line(line, lines[line][1]):
                    _select(work, choice)
                _anchors(work, line)
        _scale(work)
        _sizes(work)
        if work.brought.is_corrected:
            st.button(
                "Take the last correction back",
                key="data-take-back",
                icon=":material/undo:",
                on_click=work.brought.take_back,
            )


def _sizes(work: Corrections) -> None:
    segments = work.found.reading.segments
    if 1 < len(segments) <= _MOST_SIZES:
        st.markdown("Sizes of the segments")
        _numbers(work, "sizes", segments)


def _scale(work: Corrections) -> None:
    ends = work.found.reading.scale
    if ends is not None:
        found = {"Lowest score": ends.lowest, "Highest score": ends.highest}
        _ends(work, "scale", found, work.brought.say_scale)


def _anchors(work: Corrections, criterion: str) -> None:
    """Values of a criterion in a unit that get the lowest and the highest score."""
    found = work.found.reading.anchors.get(criterion)
    if found is not None:
        named_ends = {"Value of the lowest score": found[0], "Value of the highest score": found[1]}
        _ends(work, f"anchors-{criterion}", named_ends, partial(work.brought.say_anchors, criterion))


def _ends(
    work: Corrections, what: str, ends: Mapping[str, float], say: Callable[[float, float], None]
) -> None:
    """Two numbers beside each other that are said together."""
    pairs = zip(("lowest", "highest"), ends.values(), strict=True)
    keys = [bind(work.key(what, end), now) for end, now in pairs]
    for column, key, label in zip(st.columns(2), keys, ends, strict=True):
        column.number_input(
            label,
            key=key,
            step=1.0,
            format="%g",
            persist_state="session",
            on_change=_said_ends,
            args=(keys, say),
        )


def _said_ends(keys: Sequence[str], say: Callable[[float, float], None]) -> None:
    first, second = (value(key) for key in keys)
    if first is not None and second is not None:
        say(first, second)


# ---------------------------------------------------------------------- what comes of it


def _ranked(scenario: Scenario) -> None:
    """Who ranks where, so that the owner sees that it is theirs."""
    shown = ranking(evaluate(scenario))
    every = shown.table.drop_duplicates("proposition")
    rows = every.head(_MOST_RANKED)
    names = [str(name) for name in rows["proposition"]]
    ranks = ["–" if rank is None or rank != rank else str(rank) for rank in rows["rank"].astype(object)]
    values = [number(float(each), shown.decimals) for each in rows["value"]]
    table = Table(
        (
            named("Option", names),
            Column("Rank", texts(ranks), "right"),
            Column("Value", texts(values), "right"),
        )
    )
    st.markdown(f"**{literal(shown.finding)}**")
    with st.container(width=520):
        html_table(table, "Options by their value, as they come out of the table")
    if len(every) > len(rows):
        st.caption(f"And {len(every) - len(rows)} more.")
