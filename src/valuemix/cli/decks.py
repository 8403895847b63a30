"""Decks that people have edited: computed anew and compared, or brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from valuemix.cli.shared import json_option, main, path, print_json, read_any, say, show
from valuemix.errors import ValuemixError

if TYPE_CHECKING:
    from valuemix.decisions.folder import Kept
    from valuemix.export.pptx.update.update import Updated
    from valuemix.model.scenario import Scenario


@main.command()
@click.argument("deck", type=path)
@click.option(
    "--case",
    "cases",
    type=path,
    multiple=True,
    help="Scenario to compute it from; the one in the deck without it.",
)
@json_option
def replay(deck: Path, cases: tuple[Path, ...], as_json: bool) -> None:
    """Compute every slide of a deck anew, and say which are the same and which were changed by hand."""
    from valuemix.export.pptx.update.replay import replay

    told = replay(_content(deck), [read_any(case)[0] for case in cases])
    if as_json:
        print_json({"slides": [asdict(each) for each in told]})
        return
    for each in told:
        parts = f": {', '.join(each.what)}" if each.what else ""
        show(f"{each.slide:>3}  {each.exhibit or '':<18}  {each.state}{parts}")


def update_deck(
    deck: Path,
    output: Path | None,
    scenarios: Sequence[Path],
    cases: Sequence[Path],
    *,
    as_json: bool,
    overwrite: bool,
    others: bool,
    changes: bool,
    decisions: Path | None,
) -> None:
    """Bring a deck up to date, in its place or as another file, and list what was changed.

    Raises
    ------
    ValuemixError
        Where other options are given: how a deck looks, and which slides it has, is theirs who edited it.
    """
    from valuemix.exhibits.documents.decisions import standing
    from valuemix.exhibits.words.wording import capital
    from valuemix.export.pptx.update.anew import open_deck
    from valuemix.export.pptx.update.changes import summary_of
    from valuemix.export.pptx.update.update import update
    from valuemix.files.atomic import check_ending, write_atomic

    if others:
        raise ValuemixError(
            "a deck that is updated keeps its slides and its looks; leave all options but -o, --case, --changes, "
            "--decisions and --json out"
        )
    target = output or deck
    check_ending(target, ".pptx", "deck")
    shown, made_from = ([read_any(file)[0] for file in files] for files in (scenarios, cases))
    content = _content(deck)
    taken = _taken(decisions, scenarios[0], [shown[0], *(made_from or open_deck(content)[1].scenarios)[:1]])
    updated = update(content, shown, made_from=made_from, changes_slide=changes, decisions=taken)
    write_atomic(target, updated.content, overwrite=overwrite or output is None)
    _tell(updated, as_json=as_json)
    stand = f" {capital(standing(updated.decisions))}." if updated.decisions else ""
    say(f"{summary_of(updated.changes)}{stand} Wrote {target}.")


def _tell(updated: Updated, *, as_json: bool) -> None:
    """Print what was changed in a deck, one line each, or with its decisions as a JSON document."""
    from valuemix.exhibits.documents.decisions import review_document

    if as_json:
        changes = [asdict(each) for each in updated.changes]
        print_json({"changes": changes, "decisions": review_document(updated.decisions)["decisions"]})
        return
    for each in updated.changes:
        show(str(each))


def _taken(folder: Path | None, case: Path, scenarios: Sequence[Scenario]) -> Sequence[Kept]:
    """Decisions of a folder; without one those beside a scenario that were taken on it."""
    from valuemix.decisions.folder import kept_in
    from valuemix.decisions.review import taken_on, unamended

    if folder is not None:
        return unamended(kept_in(folder))
    beside = case.resolve().parent / "decisions"
    return taken_on(kept_in(beside), case.name, scenarios) if beside.is_dir() else ()


def _content(deck: Path) -> bytes:
    from valuemix.export.pptx.template.package import MAX_BYTES, SMALLER
    from valuemix.files.scenarios.scenario_file import read_bytes

    return read_bytes(deck, MAX_BYTES, SMALLER.capitalize())
