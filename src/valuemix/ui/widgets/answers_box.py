"""The box that brings answers of respondents in: a file, what its columns are, and where they go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import NothingToShow, ProblemsError, visible
from valuemix.exhibits import asked, lead_over_time
from valuemix.files.scenarios.strict_json import parse_object
from valuemix.model.evidence import Evidence
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session.incoming.answers import ANSWER_ENDINGS, AnswersIn, Guess, answers_in, guessed
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import problem_list

__all__ = ["answers_box"]

_SINGLE = {
    "segment": ("Segment", "Who weighs; without one all respondents are one segment."),
    "weight": ("Survey weight", "How many people an answer stands for."),
    "offer": ("Proposition that the row rates", "In a table with a row for each offer that somebody rated."),
    "id": ("Respondent", "Where somebody has several rows."),
    "overall": ("Overall judgment", "Such as satisfaction: what goes with it is derived importance."),
}
_AS = ("points", "ratings", "ranks", "utilities")
_MOST_SEGMENTS = 8


def answers_box(now: Session) -> None:
    """The box on the Evidence page."""
    work = answers_in(now)
    box = st.expander(
        "Bring in answers of respondents"
        if now.scenario.evidence is None
        else "Bring in the next wave of answers",
        icon=":material/upload_file:",
        key=f"answers-box-{work.count}",
        on_change="rerun",
    )
    with box:
        if box.open:
            _inside(work, now.scenario)


def _inside(work: AnswersIn, scenario: Scenario) -> None:
    key = f"answers-file-{work.count}"
    file = st.file_uploader(
        literal(
            "A row for each respondent, or for each offer that somebody rated (.csv, .parquet, .xlsx, .sav)"
        ),
        type=[*ANSWER_ENDINGS],
        key=key,
        on_change=work.bring,
        args=(key,),
        help="It is read where valuemix runs, and no answer is kept. Larger files: valuemix survey.",
    )
    if file is None:
        return
    if not work.columns:
        _refused(work)
        return
    saved = st.file_uploader(
        "A saved map of its columns (.json), if you have one", type=["json"], key=f"answers-map-{work.count}"
    )
    here, new = f"Into {visible(scenario.name)}", "New case"
    where = st.radio(
        "Where the answers go",
        [here, new],
        horizontal=True,
        format_func=literal,
        key=f"answers-where-{work.count}",
    )
    into = scenario if where == here else None
    roles = _saved(saved.name, saved.getvalue()) if saved else _roles(work, scenario)
    if roles is None:
        return
    if into and not saved and not {"importance", "overall"} & roles.keys():
        roles["weights"] = "keep"
    _read(work, (file.name, file.getvalue()), roles, into)
    if work.is_of(roles, into):
        _refused(work)
        _made(work)


def _read(work: AnswersIn, file: tuple[str, bytes], roles: dict[str, Any], into: Scenario | None) -> None:
    """When they were given, and buttons that read them, keep the map, or forget both."""
    asked_on = st.text_input(
        "When they were asked",
        placeholder="2026-05",
        max_chars=40,
        key=f"answers-wave-{work.count}",
        width=250,
        help="A date or a month; where the map has a column of waves, which of them to read (the last if blank).",
    )
    if into and into.evidence and "wave" not in roles:
        st.caption(literal(_beside(into.evidence, asked_on.strip())))
    known = bool({"importance", "ratings"} & roles.keys())
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Read the answers", key="answers-read", type="primary", disabled=not known):
            bar = st.progress(0.0, "Reading")
            work.read(file, roles, into, asked_on.strip(), lambda done, total: _move(bar, done, total))
            bar.empty()
        st.download_button(
            "Save this map",
            json.dumps(roles, indent=1, ensure_ascii=False),
            file_name="survey-map.json",
            key="answers-save-map",
            on_click="ignore",
            help="For the next wave, and for valuemix survey in a terminal.",
        )
        st.button("Cancel", key="answers-cancel", on_click=work.cancel)


def _beside(before: Evidence, asked_on: str) -> str:
    """What becomes of the answers that a case has."""
    newest = before.asked or "the newest wave"
    if asked_on and asked_on != before.asked:
        return f"These answers become the newest wave; those of {newest} stay as the wave before."
    why = "With that date" if asked_on else "Without a date"
    return f"{why} these answers take the place of {newest}; with a later one they become the next."


def _move(bar: DeltaGenerator, done: int, total: int) -> None:
    bar.progress(min(done / max(total, 1), 1.0), "Reading")


# ---------------------------------------------------------------------- what the columns are


def _saved(name: str, content: bytes) -> dict[str, Any] | None:
    try:
        return dict(parse_object(content, name))
    except ProblemsError as error:
        problem_list(error.problems)
        return None


def _roles(work: AnswersIn, scenario: Scenario) -> dict[str, Any]:
    """Map as the boxes say."""
    guess = guessed(work.columns, scenario)
    roles = _single(work, guess)
    offer = roles.pop("offer", "")
    rated, said = _about_disciplines(work, scenario, guess, rated=bool(offer))
    if said:
        roles["importance"] = said
        roles["importance_as"] = st.selectbox(
            "What respondents gave to say what matters", [*_AS], key=f"answers-as-{work.count}", width=250
        )
    if rated:
        roles["ratings"] = {"offer": offer, "columns": rated}
        in_moments = _about_moments(work, scenario, guess)
        if in_moments:
            roles["ratings"]["moments"] = in_moments
    elif guess.wide and not offer:
        roles["ratings"] = [*guess.wide]
        st.caption(f"{len(guess.wide):,} columns name a proposition and a discipline, and are its ratings.")
    elif not offer:
        st.caption(
            "No column names a proposition and a discipline. Choose the column that names what a row rates, or "
            "bring a map."
        )
    return roles | _scale(work, scenario)


def _single(work: AnswersIn, guess: Guess) -> dict[str, Any]:
    """Roles that one column has."""
    roles = dict[str, Any]()
    with st.container(horizontal=True):
        for role, (label, about) in _SINGLE.items():
            chosen = st.selectbox(
                literal(label),
                ["", *work.columns],
                index=_place(work.columns, guess.single.get(role, "")),
                format_func=lambda column: visible(column) or "none",
                key=f"answers-{role}-{work.count}",
                width=250,
                help=literal(about),
            )
            if chosen:
                roles[role] = chosen
    return roles


def _about_disciplines(
    work: AnswersIn, scenario: Scenario, guess: Guess, *, rated: bool
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Columns that rate each discipline, where rows rate an offer, and the one that says how much it matters."""
    ratings, said = dict[str, list[str]](), dict[str, str]()
    for discipline in scenario.disciplines:
        left, right = st.columns([2, 1])
        ratings[discipline.id] = left.multiselect(
            literal(f"Ratings of {discipline.name}"),
            [*work.columns],
            default=[*guess.ratings[discipline.id]] if rated else [],
            format_func=visible,
            disabled=not rated,
            key=f"answers-rated-{discipline.id}-{work.count}-{rated}",
        )
        said[discipline.id] = right.selectbox(
            literal(f"How much {discipline.name} matters"),
            ["", *work.columns],
            index=_place(work.columns, next(iter(guess.importance[discipline.id]), "")),
            format_func=lambda column: visible(column) or "not asked",
            key=f"answers-said-{discipline.id}-{work.count}",
        )
    return {key: own for key, own in ratings.items() if own}, {key: own for key, own in said.items() if own}


def _about_moments(work: AnswersIn, scenario: Scenario, guess: Guess) -> dict[str, dict[str, Sequence[str]]]:
    """Columns that rate a discipline in one moment, where people were asked of moments by themselves."""
    chosen = st.multiselect(
        "Moments that were asked about by themselves",
        [*scenario.moment_names],
        default=[*guess.moments],
        accept_new_options=True,
        placeholder="None",
        key=f"answers-moments-{work.count}",
        help="What a moment was not asked about it takes from the ratings above. A new name adds a moment to the case.",
    )
    found = dict[str, dict[str, Sequence[str]]]()
    for moment in chosen:
        for column, discipline in zip(
            st.columns(len(scenario.disciplines)), scenario.disciplines, strict=True
        ):
            own = column.multiselect(
                literal(f"{moment}: {discipline.name}"),
                [*work.columns],
                default=[*guess.moments.get(moment, {}).get(discipline.id, ())],
                format_func=visible,
                placeholder="not asked",
                key=f"answers-in-{moment}-{discipline.id}-{work.count}",
            )
            if own:
                found.setdefault(moment, {})[discipline.id] = own
    return found


def _scale(work: AnswersIn, scenario: Scenario) -> dict[str, Any]:
    """Ends of the scale of the ratings."""
    left, right = st.columns(2)
    ends = [
        column.number_input(
            label, value=float(end), step=1.0, format="%g", key=f"answers-{label}-{work.count}"
        )
        for column, label, end in (
            (left, "Lowest rating", scenario.scale.lowest),
            (right, "Highest rating", scenario.scale.highest),
        )
    ]
    return {"scale": ends}


def _place(columns: Sequence[str], column: str) -> int:
    return columns.index(column) + 1 if column else 0


# ---------------------------------------------------------------------- what came of it


def _refused(work: AnswersIn) -> None:
    if work.refused is None:
        return
    st.error("The answers could not be read, and nothing has changed.")
    if work.problems:
        problem_list(work.problems.problems)
    else:
        st.caption(literal(f"{work.refused}."))


def _made(work: AnswersIn) -> None:
    """Who was heard, what was left out and why, and who is ahead."""
    made = work.made
    if made is None or made.evidence is None:
        return
    found = f"{_people(made.evidence)}. {asked(evaluate(made)).finding}."
    if made.evidence.earlier:
        with suppress(NothingToShow):
            found += f" {lead_over_time(made).finding}."
    st.success(literal(found), icon=":material/check_circle:")
    for note in made.evidence.notes:
        st.caption(literal(f"{note[:1].upper()}{note[1:]}."))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Take the answers over", key="answers-take", type="primary", on_click=work.take)
        st.caption("Nothing has changed yet. What is open now stays one Undo away.")


def _people(evidence: Evidence) -> str:
    parts = [f"{each.segment} {each.n:,}" for each in evidence.segments]
    more = len(parts) - _MOST_SEGMENTS
    listed = ", ".join(parts[:_MOST_SEGMENTS]) + (f" and {more:,} more segments" if more > 0 else "")
    return f"{evidence.respondents:,} respondents: {listed}"
