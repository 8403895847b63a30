"""The command that makes files for boards: decks, workbooks, reports and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from valuemix.cli.decks import update_deck
from valuemix.cli.shared import (
    json_option,
    main,
    output_option,
    overwrite_option,
    path,
    progress_bar,
    read_any,
    say,
)
from valuemix.errors import UnknownName, ValuemixError

if TYPE_CHECKING:
    from valuemix.exhibits.exhibit import Exhibit
    from valuemix.model.parts import Slide
    from valuemix.model.scenario import Scenario

ENDINGS = (".pptx", ".xlsx", ".html", ".png", ".svg", ".pdf")


@main.command()
@click.argument("scenarios", type=path, nargs=-1, required=True)
@output_option(
    "File to write: .pptx, .xlsx, .html, or a picture .png, .svg or .pdf; several pictures are numbered.",
    required=False,
)
@click.option(
    "--update",
    "deck",
    type=path,
    help="Bring this deck up to date, wherever it was edited; -o writes another file.",
)
@click.option(
    "--case",
    "cases",
    type=path,
    multiple=True,
    help="With --update: what the deck was made from, where it keeps none.",
)
@click.option("--changes", is_flag=True, help="With --update: add a slide that says what changed.")
@click.option(
    "--decisions",
    type=path,
    help="With --update: folder of decisions that are held against the scenario; decisions/ beside it without it.",
)
@json_option
@click.option("--template", type=path, help="The company's own .pptx or .potx.")
@click.option("--layout", help="Name of the template's layout that exhibits stand on.")
@click.option("--footer", default="", help="Words at the foot of every slide of a deck.")
@click.option("--agenda", is_flag=True, help="A slide of a deck that says what its sections are.")
@click.option(
    "--without-scenario",
    is_flag=True,
    help="Leave the scenario, which the file of a deck keeps with every score, out.",
)
@click.option("--exhibit", "names", multiple=True, help="Only this exhibit; may be given several times.")
@click.option(
    "--section",
    "sections",
    multiple=True,
    help="Only this section, such as 'How safely' or Customers; may be given several times.",
)
@click.option("--segment", help="Show this segment where an exhibit shows one.")
@click.option("--desk", is_flag=True, help="The desk alone, as .html: weights to move, and nothing else.")
@overwrite_option
def export(
    scenarios: tuple[Path, ...],
    output: Path | None,
    deck: Path | None,
    cases: tuple[Path, ...],
    changes: bool,
    decisions: Path | None,
    as_json: bool,
    template: Path | None,
    layout: str | None,
    footer: str,
    agenda: bool,
    without_scenario: bool,
    names: tuple[str, ...],
    sections: tuple[str, ...],
    segment: str | None,
    desk: bool,
    overwrite: bool,
) -> None:
    """Make a deck, a workbook, a report or pictures; more scenarios are compared with the first.

    Without --exhibit and --section it holds the slides that were collected in the app, or the usual ones.
    """
    if deck is not None:
        given = any((template, layout, footer, agenda, without_scenario, names, sections, segment, desk))
        how = {"as_json": as_json, "overwrite": overwrite, "others": given, "changes": changes}
        update_deck(deck, output, scenarios, cases, decisions=decisions, **how)
        return
    output = _named(output, only_updates=any((cases, as_json, changes, decisions)))
    ending = output.suffix.casefold()
    chosen = (*sections, *names)
    _check_request(ending, output, template, chosen, segment, len(scenarios))
    _check_deck(ending, template, layout, footer, agenda=agenda, without_scenario=without_scenario)
    if desk:
        _check_desk(ending, chosen, segment, len(scenarios))
    scenario, *others = _told_apart([read_any(file)[0] for file in scenarios])
    from valuemix import export as to

    if ending == ".xlsx":
        say(f"Wrote {to.workbook(scenario, output, overwrite=overwrite)}.")
        return
    if desk:
        say(f"Wrote {to.desk(scenario, output, overwrite=overwrite)}.")
        return
    exhibits = _exhibits(scenario, others, sections, names, segment)
    with progress_bar("Making") as progress:
        shared: dict[str, Any] = {"overwrite": overwrite, "progress": progress}
        if ending == ".pptx":
            own: dict[str, Any] = {"template": template, "layout": layout, "footer": footer, "agenda": agenda}
            made = [to.deck(exhibits, output, with_scenario=not without_scenario, **own, **shared)]
        elif ending == ".html":
            made = [to.report(exhibits, output, **shared)]
        else:
            made = to.pictures(exhibits, output, **shared)
    for file in made:
        say(f"Wrote {file}.")


def _named(output: Path | None, *, only_updates: bool) -> Path:
    """The file to write; refuses what is for a deck that is updated."""
    if output is None:
        raise ValuemixError("name the file to write with -o, or a deck to bring up to date with --update")
    if only_updates:
        raise ValuemixError(
            "--case, --changes, --decisions and --json are for decks that are brought up to date; add --update, or "
            "leave them out"
        )
    return output


def _check_request(
    ending: str, output: Path, template: Path | None, names: Sequence[str], segment: str | None, count: int
) -> None:
    """Refuse what cannot be asked for together, before anything is read."""
    if ending not in ENDINGS:
        raise ValuemixError(
            f"{output.name!r} does not say what to make; let it end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
        )
    if template is not None and ending != ".pptx":
        raise ValuemixError("--template is for decks; let the output end in .pptx, or leave it out")
    if ending == ".xlsx" and (names or segment):
        raise ValuemixError(
            "a workbook holds the whole scenario; leave --exhibit, --section and --segment out, or make a deck or a "
            "report"
        )
    if ending == ".xlsx" and count > 1:
        raise ValuemixError(
            f"a workbook holds one scenario, got {count}; export each by itself, or compare them in a deck or a report"
        )


def _check_deck(
    ending: str,
    template: Path | None,
    layout: str | None,
    footer: str,
    *,
    agenda: bool,
    without_scenario: bool,
) -> None:
    """Refuse options of decks where no deck is made."""
    for option, given in (
        ("--layout", layout),
        ("--footer", footer),
        ("--agenda", agenda),
        ("--without-scenario", without_scenario),
    ):
        if given and ending != ".pptx":
            raise ValuemixError(f"{option} is for decks; let the output end in .pptx, or leave it out")
    if layout and template is None:
        raise ValuemixError("--layout names a layout of a template; give the template with --template")


def _check_desk(ending: str, names: Sequence[str], segment: str | None, count: int) -> None:
    """Refuse what cannot be asked for together with the desk alone."""
    if ending != ".html":
        raise ValuemixError("--desk makes a page for a browser; let the output end in .html")
    if names or segment:
        raise ValuemixError(
            "the desk alone shows no exhibits; leave --exhibit, --section and --segment out, or leave --desk out"
        )
    if count > 1:
        raise ValuemixError(f"the desk alone holds one scenario, got {count}; export each by itself")


def _told_apart(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Scenarios of one name get a number, so that a comparison can name each."""
    known: dict[str, int] = {}
    result = []
    for scenario in scenarios:
        known[scenario.name] = known.get(scenario.name, 0) + 1
        count = known[scenario.name]
        result.append(scenario if count == 1 else scenario.renamed(f"{scenario.name} ({count})"))
    return result


def _exhibits(
    scenario: Scenario,
    others: Sequence[Scenario],
    sections: Sequence[str],
    names: Sequence[str],
    segment: str | None,
) -> list[Exhibit]:
    from valuemix.exhibits.sections import slides_in
    from valuemix.exhibits.slides import default_slides, exhibits_of

    usual = default_slides(scenario, others)
    slides = _collected(scenario, usual) if scenario.deck else usual
    if sections or names:
        slides = [
            *(slide for name in sections for slide in slides_in(name, slides, scenario, others)),
            *(slide for name in names for slide in _slides_named(name, usual, others)),
        ]
    if segment:
        slides = [_for_segment(slide, segment) for slide in slides]
    return exhibits_of(scenario, others, dict.fromkeys(slides))


def _slides_named(name: str, usual: Sequence[Slide], others: Sequence[Scenario]) -> list[Slide]:
    """Slides of an exhibit as they stand among the usual ones, or a plain one."""
    from valuemix.exhibits.kind import KINDS
    from valuemix.exhibits.slides import slide_of

    if name not in KINDS:
        raise UnknownName("exhibit", name, [*KINDS])
    if not KINDS[name].compares:
        return [slide for slide in usual if slide.exhibit == name] or [slide_of(name)]
    if not others:
        raise ValuemixError(f"the exhibit {name} compares scenarios; give two files or more")
    return [slide_of(name, scenarios="\n".join(other.name for other in others))]


def _collected(scenario: Scenario, usual: Sequence[Slide]) -> list[Slide]:
    """Slides kept with the scenario; with the usual comparison where they compare nothing themselves."""
    if any("scenarios" in slide.options for slide in scenario.deck):
        return [*scenario.deck]
    return [*scenario.deck, *(slide for slide in usual if "scenarios" in slide.options)]


def _for_segment(slide: Slide, segment: str) -> Slide:
    """The slide for this segment, under the exhibit's own title: a collected one is about another."""
    from valuemix.exhibits.kind import KINDS
    from valuemix.model.parts import Slide

    kind = KINDS.get(slide.exhibit)
    if kind is None or "segment" not in kind.options or slide.options.get("segment") == segment:
        return slide
    return Slide(exhibit=slide.exhibit, options={**slide.options, "segment": segment}, source=slide.source)
