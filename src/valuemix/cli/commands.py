"""The commands, but for exports."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import Literal

import click

from valuemix.cli.shared import (
    json_option,
    main,
    output_option,
    overwrite_option,
    path,
    print_json,
    progress_bar,
    read_any,
    say,
    scenario_argument,
    show,
)
from valuemix.errors import ValuemixError, visible

view_option = click.option(
    "--view",
    default="felt",
    show_default=True,
    metavar="felt|believed|promised",
    help="Whose scores count: what customers feel, what we believe they get, what we promise.",
)


@main.command()
@click.option(
    "--scenarios",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the scenarios; VALUEMIX_SCENARIOS or ./scenarios without it.",
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on."
)
def app(scenarios: Path | None, port: int) -> None:
    """Open the interface in the browser."""
    from valuemix.ui import server

    _check_port(port)
    if scenarios is not None:
        os.environ["VALUEMIX_SCENARIOS"] = str(scenarios.resolve())
    server.serve(port)


def _check_port(port: int) -> None:
    """Refuse a port on which something listens already."""
    with socket.socket() as probe:
        if os.name == "posix":  # a port that was just given up can be had; elsewhere this would take one away
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                way_out = f"end it, or choose another port, such as --port {port % 65535 + 1}"
                raise ValuemixError(
                    f"port {port} is in use, perhaps by another valuemix; {way_out}"
                ) from None
            raise ValuemixError(
                f"port {port} cannot be used: {error.strerror}; choose another with --port"
            ) from None


@main.command()
@click.argument("file", type=path)
def check(file: Path) -> None:
    """Check a scenario, a workbook or a folder of csv files; list every problem with its place."""
    scenario, notices = read_any(file)
    for notice in notices:
        show(f"notice: {notice}")
    show(f"{visible(str(file))} is valid.\n{scenario!r}")


@main.command()
@scenario_argument
@click.option("--segment", help="Only this segment.")
@view_option
@json_option
def rank(scenario: Path, segment: str | None, view: str, as_json: bool) -> None:
    """Rank the propositions in every segment and overall."""
    from valuemix.analysis.value.scoring import evaluate
    from valuemix.exhibits.documents.documents import rank_document, rank_text

    result = evaluate(read_any(scenario)[0].seen_as(view))
    if as_json:
        print_json({**rank_document(result, segment), "view": view})
    else:
        show(rank_text(result, segment))
        if view != "felt":
            say(f"These are {view} scores; those that customers feel are not counted.")


@main.command()
@scenario_argument
@click.option("--segment", help="Only this segment, where one can be shown.")
@view_option
@json_option
def customers(scenario: Path, segment: str | None, view: str, as_json: bool) -> None:
    """What those who are served feel, bear and prefer, and what is lost on the way to them."""
    from valuemix.exhibits.documents.customers import customers_document, customers_text

    document = customers_document(read_any(scenario)[0], segment, view)
    if as_json:
        print_json(document)
    else:
        show(customers_text(document))


@main.command()
@scenario_argument
@click.option("--segment", help="Only this segment.")
@json_option
def moments(scenario: Path, segment: str | None, as_json: bool) -> None:
    """Who leads when and where, and in which moment one more point of score returns most."""
    from valuemix.exhibits.documents.moments import moments_document, moments_text

    found = read_any(scenario)[0]
    if as_json:
        print_json(moments_document(found, segment))
    else:
        show(moments_text(found, segment))


@main.command()
@scenario_argument
@click.option("--proposition", default="", help="Which one is to be delivered; the leader without it.")
@json_option
def mirror(scenario: Path, proposition: str, as_json: bool) -> None:
    """Resources against weights, and the levels of capabilities that are missing."""
    from valuemix.exhibits.documents.operating_model import mirror_document, mirror_text

    found = read_any(scenario)[0]
    if as_json:
        print_json(mirror_document(found, proposition))
    else:
        show(mirror_text(found, proposition))


@main.command()
@scenario_argument
@click.option("--proposition", default="", help="What every segment is served with; its leader without it.")
@json_option
def impact(scenario: Path, proposition: str, as_json: bool) -> None:
    """Whom planned decisions help and whom they cost, alone and as part of the plan."""
    from valuemix.exhibits.documents.impact import impact_document, impact_text

    found = read_any(scenario)[0]
    if as_json:
        print_json(impact_document(found, proposition))
    else:
        show(impact_text(found, proposition))


@main.command()
@scenario_argument
@click.option("--segment", help="Only this segment.")
@click.option("--discipline", help="Only the weight of this discipline.")
@json_option
def tradeoffs(scenario: Path, segment: str | None, discipline: str | None, as_json: bool) -> None:
    """How far each weight can move before the leader changes, and what each challenger needs."""
    from valuemix.exhibits.documents.documents import tradeoffs_document, tradeoffs_text

    asked = read_any(scenario)[0], segment, discipline
    if as_json:
        print_json(tradeoffs_document(*asked))
    else:
        show(tradeoffs_text(*asked))


@main.command()
@scenario_argument
@click.option("--segment", help="Only this segment; the overall value without it.")
@click.option(
    "--draws",
    type=int,
    help="Draws, where they are needed; 100,000 by default, under the scenario's own doubt those of its certainty.",
)
@click.option("--seed", type=int, help="The same seed gives the same numbers; the scenario's by default.")
@click.option(
    "--weights",
    default="unknown",
    show_default=True,
    metavar="unknown|order|within:X",
    help="What is known of the weights: nothing, their order, or that they are within X points of today's.",
)
@click.option(
    "--shift",
    type=click.Choice(["shared", "own"]),
    help="Overall with within:X: one shift in every segment, or each segment by itself; the scenario's by default.",
)
@click.option(
    "--ranges/--no-ranges",
    default=None,
    help="Draw scores by their low and high ends; by default wherever there are any.",
)
@click.option(
    "--scores-within", type=float, default=0.0, metavar="X", help="Draw the other scores within X of today's."
)
@click.option(
    "--sizes-within",
    type=float,
    default=0.0,
    metavar="PERCENT",
    help="Draw sizes within this part of themselves.",
)
@json_option
def robustness(
    scenario: Path,
    segment: str | None,
    draws: int | None,
    seed: int | None,
    weights: str,
    shift: Literal["shared", "own"] | None,
    ranges: bool | None,
    scores_within: float,
    sizes_within: float,
    as_json: bool,
) -> None:
    """How often each proposition takes each rank when weights, scores or sizes are uncertain."""
    from valuemix.analysis.robustness.robustness import has_ranges, robustness
    from valuemix.exhibits.documents.documents import robustness_document, robustness_text
    from valuemix.exhibits.robustness.assumptions import in_vain

    found = read_any(scenario)[0]
    with progress_bar("Drawing") as progress:
        result = robustness(
            found,
            segment,
            weights=weights,
            shift=shift,
            ranges=has_ranges(found) if ranges is None else ranges,
            score_within=scores_within,
            sizes_within=sizes_within / 100,
            draws=draws,
            seed=seed,
            progress=progress,
        )
    if as_json:
        print_json(robustness_document(result))
        if in_vain(result):
            say(f"notice: {in_vain(result)}.")
    else:
        show(robustness_text(result))


@main.command()
@click.argument("scenarios", type=path, nargs=-1, required=True)
@output_option("Workbook to write, .xlsx, in place of the text.", required=False)
@overwrite_option
@json_option
def compare(scenarios: tuple[Path, ...], output: Path | None, overwrite: bool, as_json: bool) -> None:
    """Compare scenarios with the first of them: values, ranks, what moved them, regret."""
    from valuemix.analysis.compare.compare import compare
    from valuemix.exhibits.documents.documents import compare_document, compare_text

    comparison = compare(*(read_any(file)[0] for file in scenarios))
    if output is not None:
        from valuemix.export import comparison_workbook

        say(f"Wrote {comparison_workbook(comparison, output, overwrite=overwrite)}.")
    if as_json:
        print_json(compare_document(comparison))
    elif output is None:
        show(compare_text(comparison))


@main.command()
@output_option("Workbook to write.")
@overwrite_option
def template(output: Path, overwrite: bool) -> None:
    """Write a workbook that explains itself, to fill in and import."""
    from valuemix.files.tables.writing.template import write_template

    write_template(output, overwrite=overwrite)
    say(f"Wrote {output}. Fill it in, then: valuemix import {output} -o scenario.json")


@main.command()
@click.option("-o", "--output", type=path, default="scenarios", show_default=True, help="Folder to write.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
def examples(output: Path, overwrite: bool) -> None:
    """Copy the example scenarios into a folder, where the app finds them."""
    from valuemix.files.scenarios.examples import copy_examples

    copies = copy_examples(output, overwrite=overwrite)
    say(f"Wrote {len(copies)} files to {output}. Open them with: valuemix app --scenarios {output}")


@main.command()
@json_option
def verify(as_json: bool) -> None:
    """Compute published examples anew and compare them with what is printed."""
    from valuemix.verification.verify import verify as verified

    found = verified()
    if as_json:
        print_json(found.document())
    else:
        show(found.text())
    if not found.ok:
        raise SystemExit(1)
