"""valuemix: a balancing model for customer value propositions.

Public names (everything else may change):

- the scenario: `Scenario`, `Segment`, `Proposition`, `Discipline`, `Scale`, `Settings`, `Doubt`
- files: `load`, `save`, `read_workbook`, `recognise`, `write_template`
- answers of respondents: `survey`
- results: `evaluate`, `certainty`, `tradeoffs`, `robustness`, `compare`
- the best set of propositions under a budget: `choose`
- decisions on record: `decide`, `review`
- the engine checked against published examples: `verify`
- charts with their findings: `exhibits`
- files for boards: `export`
- what went wrong: `ValuemixError` and its tree in `valuemix.errors`

Names load when they are first used, so that ``import valuemix`` stays quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from valuemix import exhibits, export
    from valuemix.analysis.certainty.certainty import certainty
    from valuemix.analysis.compare.compare import compare
    from valuemix.analysis.portfolio.choose import choose
    from valuemix.analysis.robustness.robustness import robustness
    from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
    from valuemix.analysis.value.scoring import evaluate
    from valuemix.decisions.record import decide
    from valuemix.decisions.review import review
    from valuemix.errors import ValuemixError
    from valuemix.files.recognition.entry import recognise
    from valuemix.files.scenarios.scenario_file import load, save
    from valuemix.files.tables.importer import read_workbook
    from valuemix.files.tables.writing.template import write_template
    from valuemix.model.parts import Discipline, Doubt, Proposition, Scale, Segment, Settings
    from valuemix.model.scenario import Scenario
    from valuemix.respondents.survey import survey
    from valuemix.verification.verify import verify

__version__ = "0.1.0"

_HOMES = {
    "Discipline": "valuemix.model.parts",
    "Doubt": "valuemix.model.parts",
    "Proposition": "valuemix.model.parts",
    "Scale": "valuemix.model.parts",
    "Scenario": "valuemix.model.scenario",
    "Segment": "valuemix.model.parts",
    "Settings": "valuemix.model.parts",
    "ValuemixError": "valuemix.errors",
    "certainty": "valuemix.analysis.certainty.certainty",
    "choose": "valuemix.analysis.portfolio.choose",
    "compare": "valuemix.analysis.compare.compare",
    "decide": "valuemix.decisions.record",
    "evaluate": "valuemix.analysis.value.scoring",
    "exhibits": "valuemix",
    "export": "valuemix",
    "load": "valuemix.files.scenarios.scenario_file",
    "read_workbook": "valuemix.files.tables.importer",
    "recognise": "valuemix.files.recognition.entry",
    "review": "valuemix.decisions.review",
    "robustness": "valuemix.analysis.robustness.robustness",
    "save": "valuemix.files.scenarios.scenario_file",
    "survey": "valuemix.respondents.survey",
    "tradeoffs": "valuemix.analysis.tradeoffs.tradeoffs",
    "verify": "valuemix.verification.verify",
    "write_template": "valuemix.files.tables.writing.template",
}

__all__ = [
    "Discipline",
    "Doubt",
    "Proposition",
    "Scale",
    "Scenario",
    "Segment",
    "Settings",
    "ValuemixError",
    "__version__",
    "certainty",
    "choose",
    "compare",
    "decide",
    "evaluate",
    "exhibits",
    "export",
    "load",
    "read_workbook",
    "recognise",
    "review",
    "robustness",
    "save",
    "survey",
    "tradeoffs",
    "verify",
    "write_template",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'valuemix' has no attribute {name!r}")
    if home == __name__:
        return importlib.import_module(f"{home}.{name}")
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
