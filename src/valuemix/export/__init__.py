"""The ways out: deck, workbook, report and pictures, all of the same exhibits.

Each function writes one kind of file, whole or not at all, and gives its path. The libraries behind
them load when they are first used.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from valuemix.errors import FileIsThere, StorageError, ValuemixError, shorten
from valuemix.files.atomic import check_ending, write_atomic
from valuemix.files.scenarios.scenario_file import read_bytes
from valuemix.model.scenario import Scenario

if TYPE_CHECKING:
    from valuemix.analysis.compare.compare import Comparison
    from valuemix.exhibits.exhibit import Exhibit
    from valuemix.export.picture import PictureKind

__all__ = ["comparison_workbook", "deck", "desk", "picture", "pictures", "report", "workbook"]

Progress = Callable[[int, int], None]


class _Package(ModuleType):
    """The package itself: a module ``deck`` that is imported must not take the place of the function."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def deck(
    exhibits: Sequence[Exhibit],
    path: str | Path,
    *,
    template: str | Path | None = None,
    layout: str | None = None,
    footer: str = "",
    agenda: bool = False,
    with_scenario: bool = True,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Write a board deck: one exhibit a slide, in PowerPoint's own charts and tables.

    Several exhibits are opened by a title slide with the answer and how safe it is.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        In the order of the slides.
    path : str or Path
        Where to; it ends in .pptx.
    template : str or Path, optional
        The company's own .pptx or .potx, whose layouts, fonts and colours are used.
    layout : str, optional
        Name of the template's layout that exhibits stand on; the one that suits best where it is None.
    footer : str
        Words at the foot of every slide; a sample footer of the template is never used.
    agenda : bool
        Whether its sections are told on a slide after the first.
    with_scenario : bool
        Whether the file keeps the scenarios with every score and name, so that it can be updated and computed anew.
    overwrite : bool
        Whether a file that is there may be replaced.
    progress : callable, optional
        Called with the numbers of slides made and wanted.

    Raises
    ------
    InvalidTemplate
        Where the template cannot be used, or has no such layout.
    StorageError
        If there is a file already (`FileIsThere`), the name ends otherwise, or the system refuses;
        what was there is untouched then.
    """
    target = _target(path, ".pptx", "deck", overwrite=overwrite)
    from valuemix.export.pptx import make_deck
    from valuemix.export.pptx.template.package import MAX_BYTES, SMALLER

    given = None if template is None else read_bytes(Path(template), MAX_BYTES, SMALLER.capitalize())
    content = make_deck(
        _some(exhibits), template=given, layout=layout, footer=footer, agenda=agenda, with_scenario=with_scenario,
        progress=progress,
    )  # fmt: skip
    return _written(target, content, overwrite=overwrite)


def workbook(scenario: Scenario, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a scenario as a workbook that goes on calculating when an input is changed.

    Parameters
    ----------
    scenario : Scenario
        What it holds; it imports back as the same scenario.
    path : str or Path
        Where to; it ends in .xlsx.
    overwrite : bool
        Whether a file that is there may be replaced.

    Raises
    ------
    StorageError
        As for `deck`.
    """
    target = _target(path, ".xlsx", "workbook", overwrite=overwrite)
    from valuemix.export.workbook import make_workbook

    return _written(target, make_workbook(scenario), overwrite=overwrite)


def comparison_workbook(comparison: Comparison, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write scenarios side by side as a workbook: values, ranks, what differs in the inputs, regret.

    Parameters
    ----------
    comparison : Comparison
        What it holds; changes, ranks and regret are formulas of the values.
    path : str or Path
        Where to; it ends in .xlsx.
    overwrite : bool
        Whether a file that is there may be replaced.

    Raises
    ------
    StorageError
        As for `deck`.
    """
    target = _target(path, ".xlsx", "workbook", overwrite=overwrite)
    from valuemix.export.workbook.comparison import make_comparison

    return _written(target, make_comparison(comparison), overwrite=overwrite)


def report(
    exhibits: Sequence[Exhibit],
    path: str | Path,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Write one HTML file that needs no network: the desk, interactive figures, their numbers, inputs and method.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        In reading order. The desk above them is of the first one's scenario, with all its scores and weights.
    path : str or Path
        Where to; it ends in .html.
    overwrite : bool
        Whether a file that is there may be replaced.
    progress : callable, optional
        Called with the numbers of exhibits done and wanted.

    Raises
    ------
    StorageError
        As for `deck`.
    """
    target = _target(path, ".html", "report", overwrite=overwrite)
    from valuemix.export.report.report import make_report

    content = make_report(_some(exhibits), today=_today(), progress=progress)
    return _written(target, content, overwrite=overwrite)


def desk(scenario: Scenario, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write the desk alone as one small HTML file: sliders and ranking that answer without a server or a network.

    Parameters
    ----------
    scenario : Scenario
        What it shows; all its scores, weights and sizes are in the file.
    path : str or Path
        Where to; it ends in .html.
    overwrite : bool
        Whether a file that is there may be replaced.

    Raises
    ------
    StorageError
        As for `deck`.
    """
    target = _target(path, ".html", "desk", overwrite=overwrite)
    from valuemix.export.report.desk import make_desk

    return _written(target, make_desk(scenario, today=_today()), overwrite=overwrite)


def picture(exhibit: Exhibit, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a picture of an exhibit at slide size: PNG at 300 dpi, SVG or PDF.

    Parameters
    ----------
    exhibit : Exhibit
        What is shown.
    path : str or Path
        Where to; it ends in .png, .svg or .pdf.
    overwrite : bool
        Whether a file that is there may be replaced.

    Raises
    ------
    ValuemixError
        Where kaleido or a browser is missing or does not answer, with the way out.
    StorageError
        As for `deck`.
    """
    return pictures([exhibit], path, overwrite=overwrite)[0]


def pictures(
    exhibits: Sequence[Exhibit],
    path: str | Path,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> list[Path]:
    """Write pictures of exhibits by one browser.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        What is shown.
    path : str or Path
        Where to; it ends in .png, .svg or .pdf. Several become chart-1-ranking.png,
        chart-2-leaders.png and so on beside where chart.png would be, chart-01 where there are ten or more.
    overwrite : bool
        Whether files that are there may be replaced.
    progress : callable, optional
        Called with the numbers of pictures made and wanted.

    Raises
    ------
    ValuemixError
        As for `picture`.
    StorageError
        As for `deck`; nothing is written where one of the files is there already.
    """
    kind, names = _kind(Path(path)), _names(_some(exhibits), Path(path))
    targets = [_target(name, f".{kind}", "picture", overwrite=overwrite) for name in names]
    from valuemix.export.picture import make_pictures

    made = make_pictures(exhibits, kind, progress=progress)
    return [_written(p, content, overwrite=overwrite) for p, content in zip(targets, made, strict=True)]


def _today() -> date:
    return datetime.now().astimezone().date()


def _names(exhibits: Sequence[Exhibit], path: Path) -> list[Path]:
    if len(exhibits) == 1:
        return [path]
    digits = len(str(len(exhibits)))
    names = [f"{path.stem}-{i:0{digits}}-{e.key}{path.suffix}" for i, e in enumerate(exhibits, start=1)]
    return [path.with_name(name) for name in names]


def _kind(path: Path) -> PictureKind:
    from valuemix.export.picture import KINDS

    for kind in KINDS:
        if path.suffix.casefold() == f".{kind}":
            return kind
    raise StorageError(
        f"{shorten(path.name)!r} is no name for a picture, which ends in .png, .svg or .pdf; "
        f"choose a name such as {shorten(path.stem) or 'chart'}.png"
    )


def _some(exhibits: Sequence[Exhibit]) -> Sequence[Exhibit]:
    if not exhibits:
        raise ValuemixError("there is no exhibit to export; choose at least one")
    return exhibits


def _target(path: str | Path, ending: str, thing: str, *, overwrite: bool) -> Path:
    """The path where it can be written, so that nobody waits for what cannot be saved."""
    target = Path(path)
    check_ending(target, ending, thing)
    if not overwrite and os.path.lexists(target):
        raise FileIsThere(str(target))
    if not target.parent.is_dir():
        raise StorageError(
            f"{target} could not be saved: the folder does not exist; make it, or choose another"
        )
    return target


def _written(path: Path, content: bytes, *, overwrite: bool) -> Path:
    write_atomic(path, content, overwrite=overwrite)
    return path
