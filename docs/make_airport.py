"""Makes the airport example anew from the passengers' answers: ``python docs/make_airport.py ANSWERS.csv``.

The answers are the customer survey of San Francisco International Airport of May 2017 (DataSF, open data of the
city), with their labels and the survey weight; they are not in the repository. ``docs/airport-survey.map.json`` says
which column is what. Names, weights, sizes and settings are those of the example as it stands.
"""

from __future__ import annotations

import sys
from pathlib import Path

from valuemix.files.scenarios.scenario_file import load, save
from valuemix.respondents.survey import survey

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "scenarios" / "airport-survey-sfo-2017.json"


def main(answers: str) -> None:
    """Write the example."""
    before = load(EXAMPLE)
    made = survey(answers, ROOT / "docs" / "airport-survey.map.json", into=before, wave="2017-05")
    save(made.replace(source=before.source), EXAMPLE, overwrite=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
