"""The commands that choose a set, record decisions and review them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from valuemix.cli.shared import (
    json_option,
    main,
    path,
    print_json,
    progress_bar,
    read_any,
    say,
    scenario_argument,
    show,
)

if TYPE_CHECKING:
    from valuemix.analysis.decisions.sets import SetChoice

REVERSED = 2
"""Exit status where a decision is reversed, for schedulers; 1 where none is and one could not be judged."""


budget_option = click.option(
    "--budget", type=float, metavar="X", help="What a set may cost, in the unit of the column cost."
)
people_option = click.option("--people", type=float, metavar="N", help="How many people a set may take.")
at_most_option = click.option(
    "--at-most", type=int, metavar="N", help="How many propositions a set may hold."
)


@main.command()
@scenario_argument
@budget_option
@people_option
@at_most_option
@json_option
def choose(
    scenario: Path, budget: float | None, people: float | None, at_most: int | None, as_json: bool
) -> None:
    """Choose the best set of propositions under a budget, and say whom it leaves out."""
    from valuemix.analysis.portfolio.choose import choose
    from valuemix.analysis.portfolio.core import core
    from valuemix.exhibits.documents.portfolio import choose_document, choose_text

    selection = choose(read_any(scenario)[0], budget, people=people, at_most=at_most)
    with progress_bar("Sets within doubt") as report:
        found = core(selection, report)
    if as_json:
        print_json(choose_document(selection, found))
    else:
        show(choose_text(selection, found))


@main.command()
@scenario_argument
@click.option(
    "--choose",
    required=True,
    multiple=True,
    metavar="NAME",
    help="The proposition that is chosen. Repeated: a set of them; with as many --segment one for each, in order.",
)
@click.option(
    "--segment",
    "segments",
    multiple=True,
    metavar="NAME",
    help="Whom it is for; may be repeated. Everyone without it.",
)
@budget_option
@people_option
@at_most_option
@click.option(
    "--review", required=True, metavar="DATE", help="When it is looked at again, such as 2027-03-31."
)
@click.option("--by", default="", metavar="NAME", help="Who decides.")
@click.option("--gives-up", default="", metavar="TEXT", help="What is given up, and whom it does not serve.")
@click.option("--note", default="", metavar="TEXT", help="Why, and why not the alternatives.")
@click.option(
    "--expect",
    "expects",
    multiple=True,
    type=(str, str),
    metavar="DATE TEXT",
    help="What is expected to happen by a date; may be repeated.",
)
@click.option(
    "-o", "--output", type=path, required=True, help="Folder of decisions; it is made where it is missing."
)
def decide(
    scenario: Path,
    choose: tuple[str, ...],
    segments: tuple[str, ...],
    budget: float | None,
    people: float | None,
    at_most: int | None,
    review: str,
    by: str,
    gives_up: str,
    note: str,
    expects: tuple[tuple[str, str], ...],
    output: Path,
) -> None:
    """Record a decision with what would reverse it; records are added, never changed.

    A set is chosen within the limits that are given, and is reversed when another set within them is better.
    """
    from valuemix.decisions.folder import keep
    from valuemix.decisions.record import decide, expected
    from valuemix.exhibits.documents.decisions import decision_text

    decision = decide(
        read_any(scenario)[0],
        _what(choose, segments, (budget, people, at_most)),
        review,
        segments=segments if len(choose) == 1 else (),
        by=by,
        gives_up=gives_up,
        note=note,
        expects=tuple(expected(due, text) for due, text in expects),
        case=scenario.name,
    )
    kept = keep(decision, output)
    show(decision_text(decision))
    say(f"Recorded as {kept}. Later: valuemix review {output}")


def _what(
    names: tuple[str, ...], segments: tuple[str, ...], limits: tuple[float | None, float | None, int | None]
) -> str | dict[str, str] | SetChoice:
    """What is chosen: a name, one by segment, or a set within limits."""
    from valuemix.analysis.decisions.sets import SetChoice
    from valuemix.errors import EditError

    limited = any(limit is not None for limit in limits)
    if len(names) == 1 and not limited:
        return names[0]
    if not segments:
        return SetChoice(names, *limits)
    if limited:
        raise EditError(
            "a set is chosen for all segments: leave out --segment, or --budget, --people and --at-most"
        )
    if len(names) != len(segments):
        raise EditError(
            f"{len(names)} propositions are chosen for {len(segments)} segments: give as many --segment as --choose, "
            "or no --segment for a set"
        )
    if len({*segments}) < len(segments):
        raise EditError("a segment is named twice: choose one proposition for each")
    return dict(zip(segments, names, strict=True))


@main.command()
@click.argument("folder", type=path)
@click.option(
    "--case", type=path, help="Scenario to hold them against; each one's own, beside the folder, without it."
)
@json_option
@click.pass_context
def review(context: click.Context, folder: Path, case: Path | None, as_json: bool) -> None:
    """Hold the decisions of a folder against the scenarios of today; exit 2 where one is reversed."""
    from valuemix.decisions.folder import kept_in
    from valuemix.decisions.review import reviewed_in
    from valuemix.exhibits.documents.decisions import review_document, review_text

    found = reviewed_in(kept_in(folder), folder, read_any(case)[0] if case else None)
    document = review_document(found)
    if as_json:
        print_json(document)
    else:
        show(review_text(found))
    if document["reversed"]:
        context.exit(REVERSED)
    context.exit(int(any("problem" in row for row in document["decisions"])))
