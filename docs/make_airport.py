"""Makes the two airport examples anew from the passengers' answers: ``python docs/make_airport.py ANSWERS.csv``.

The answers are the customer survey of San Francisco International Airport of May 2017 (DataSF, open data of the
city), with their labels and the survey weight; they are not in the repository. ``docs/airport-survey.map.json`` and
``docs/airport-by-places.map.json`` say which column is what. Names, sizes and settings are those of the first
example as it stands; the second has the same passengers, and moments.
"""

from __future__ import annotations

import sys
from pathlib import Path

from valuemix.files.scenarios.scenario_file import load, save
from valuemix.model.moments.parts import Moment
from valuemix.respondents.survey import survey

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "scenarios" / "airport-survey-sfo-2017.json"
PLACES = ROOT / "scenarios" / "airport-by-places.json"
STAGES = {
    "Access": "before",
    "Security": "before",
    "Way to the gate": "during",
    "Food and shops": "during",
    "Gate": "during",
}
RATED = {
    "Innovation": "Wi-Fi and information screens",
    "Operational excellence": "Signs, walkways, cleanliness, safety and security passage; by place, not for weights, "
    "also roads, parking, AirTrain, getting there and finding one’s way",
    "Social purpose (art and culture)": "Artwork and exhibitions",
    "Customer intimacy": "Restaurants and shops; by place, not for weights, also information booths",
}
"""What was rated by place, which is more than of the whole: weights are derived from the latter."""
NOTE = (
    "The passengers of the airport survey by place. Items were mapped to places and disciplines by us: access is "
    "roads, parking, AirTrain and getting there; security is its passage and feeling safe; the way to the gate is "
    "signs, walkways, finding one's way, screens, information booths and art; the gate is Wi-Fi and cleanliness. What "
    "was not asked of a place it takes from the segment. All places count alike and have the segment's weights: the "
    "survey asked neither."
)


def main(answers: str) -> None:
    """Write the examples."""
    before = load(EXAMPLE)
    made = survey(answers, ROOT / "docs" / "airport-survey.map.json", into=before, wave="2017-05")
    save(made.replace(source=before.source), EXAMPLE, overwrite=True)
    moments = [Moment(name=name, stage=stage) for name, stage in STAGES.items()]
    disciplines = [
        each.model_copy(update={"lowest": f"{RATED[each.name]}: rated 1", "highest": "the same rated 5"})
        for each in made.disciplines
    ]
    bare = made.replace(
        name="Airport by places: SFO 2017", note=NOTE, disciplines=disciplines, moments=moments
    )
    by_places = survey(answers, ROOT / "docs" / "airport-by-places.map.json", into=bare, wave="2017-05")
    alike = f"{before.source}; five places counted alike"
    save(by_places.replace(source=alike), PLACES, overwrite=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
