"""Twenty people on one server for a minute: ``python benchmarks/load.py [seconds] [sessions]``.

Each person is a real session of the app, over Streamlit's own websocket: it moves sliders, types
a weight, compares its scenario with the others, saves, and settles every conflict by taking what
the other one saved and making the edit again on top of it. Between two actions it looks at the
page for one to three seconds. Five people share a scenario, and each owns one of its segments.

The first weight of a segment counts the saves of its person, and nobody else moves it: the next
save always writes one more than what the tab shows. So a save that took another one's edit away
leaves a count behind the number of saves that were told, and the folder's log must hold each of
them. ``--careless`` starts a server whose store does not look at what it replaces: the run must
then find lost updates.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from running_app import RunningApp  # noqa: E402
from sample_scenarios import made  # noqa: E402
from streamlit_tab import Tab  # noqa: E402

from valuemix.files.scenarios.store import Store  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARING = 5
"""People on one scenario."""
PAUSE = (1.0, 3.0)
"""Seconds, least and most, from an answer to the next action."""
QUESTIONS = ["Ranks and values", "Why one moved", "What differs", "Regret", "On the way"]
CARELESS = """
from valuemix.files.scenarios.store import Store

if Store.save.__name__ == "save":
    checked = Store.save

    def careless(self, target, scenario, by="", *, expected=None):
        return checked(self, getattr(target, "id", target), scenario, by)

    Store.save = careless

import streamlit as st
from valuemix.ui import server

app = st.App(server.SCRIPT, **server.options())
"""


@dataclass
class Person:
    """One session, which counts its saves in a segment of its own."""

    number: int
    url: str
    told: int = 0
    conflicts: int = 0
    compared: int = 0
    answers: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = f"Person {self.number}"
        team, self.segment = divmod(self.number, SHARING)
        self.scenario = f"Shared {team}"
        self.dice = random.Random(self.number)  # noqa: S311 - no secret

    def work(self, start: threading.Barrier, seconds: float) -> None:
        """Work until the time is over; what goes wrong is kept."""
        try:
            tab = self.arrive()
            start.wait()
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                self.tune(tab)
                self.compare(tab)
                self.save(tab)
            tab.close()
        except Exception as error:  # noqa: BLE001 - every error counts, and is printed
            self.errors.append(f"{self.name}: {type(error).__name__}: {error}")

    def arrive(self) -> Tab:
        """A tab that is signed, on the shared scenario and the own segment."""
        tab = Tab(self.url)
        tab.go("scenarios")
        tab.text("scenarios-user", self.name)
        tab.go("")
        tab.text("balance-scenario", self.scenario)
        tab.send(tab.desk.commit(kind="view", row=str(self.segment)))
        return tab

    def tune(self, tab: Tab) -> None:
        """Try some weights, then write one more save."""
        row = str(self.segment)
        count = tab.desk.shown(row)[0]
        for _ in range(3):
            with self.looked(self.answers):
                tab.move(row, 0, self.dice.randint(0, 100))
        with self.looked(self.answers):
            tab.move(row, 0, count + 1)

    def compare(self, tab: Tab) -> None:
        tab.go("compare")
        others = [
            name for name in tab.widgets["compare-with"].options if name != f"{self.scenario} (as saved)"
        ]
        with self.looked(self.answers):
            tab.choose("compare-with", *others)
        with self.looked(self.answers):
            tab.choose("compare-part", self.dice.choice(QUESTIONS))
        self.compared += 1
        tab.go("")

    def save(self, tab: Tab) -> None:
        """Save; where someone was faster, write one more save on top of theirs."""
        with self.looked(self.saves):
            tab.press("balance-save")
        while "balance-theirs" in tab.widgets:
            self.conflicts += 1
            tab.press("balance-theirs")
            row = str(self.segment)
            tab.move(row, 0, tab.desk.shown(row)[0] + 1)
            with self.looked(self.saves):
                tab.press("balance-save")
        if tab.toasts != [f"Saved as {self.scenario}"] or tab.alerts:
            raise AssertionError(f"{tab.toasts} {tab.alerts}")
        self.told += 1

    @contextmanager
    def looked(self, seconds: list[float]) -> Iterator[None]:
        """Note how long the answer takes, then look at it for a while."""
        began = time.perf_counter()
        yield
        seconds.append(time.perf_counter() - began)
        time.sleep(self.dice.uniform(*PAUSE))


def shared_folder(folder: Path, people: int) -> Store:
    """A scenario for every five people, in whose segments the first weight is 0."""
    folder.mkdir()
    store = Store(folder)
    scenario = made(6, SHARING).with_points([[0, 40, 35, 25]] * SHARING)
    for team in range(-(-people // SHARING)):
        store.save_new(scenario.renamed(f"Shared {team}"))
    return store


def script_in(folder: Path, *, careless: bool) -> Path:
    """What the server runs: the app, or the app on a store that does not look at what it replaces."""
    if not careless:
        return ROOT / "app.py"
    script = folder / "careless.py"
    script.write_text(CARELESS, encoding="utf-8")
    return script


def lost_updates(store: Store, people: list[Person]) -> list[str]:
    """Every person whose saves are not all in the newest version, or not all in the folder's log."""
    log = (store.folder / ".history" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    logged = Counter(line["by"] for line in map(json.loads, log))
    points = {entry.name: store.open(entry.id).scenario.points for entry in store.entries()}
    lost = []
    for person in people:
        held = round(float(points[person.scenario][person.segment, 0]))
        if not person.told == held == logged[person.name]:
            lost.append(
                f"{person.name} was told of {person.told} saves; "
                f"{person.scenario} holds {held}, the log {logged[person.name]}"
            )
    return lost


def main() -> int:
    careless = "--careless" in sys.argv
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    seconds, count = (*map(int, numbers), *[60, 20][len(numbers) :])
    with tempfile.TemporaryDirectory() as temporary:
        store = shared_folder(Path(temporary) / "scenarios", count)
        with RunningApp(store.folder, script=script_in(Path(temporary), careless=careless)) as app:
            people = [Person(number, app.url) for number in range(count)]
            drive(people, seconds)
            return report(store, people, app.log.count("Traceback"), seconds)


def drive(people: list[Person], seconds: float) -> None:
    """Let everybody work at the same time, once all have their tab open."""
    start = threading.Barrier(len(people), timeout=120)
    threads = [threading.Thread(target=person.work, args=(start, seconds)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def report(store: Store, people: list[Person], tracebacks: int, seconds: float) -> int:
    """Print the figures; 1 where an edit was lost or anything failed."""
    lost = lost_updates(store, people)
    errors = [error for person in people for error in person.errors]
    damaged = [entry.problem for entry in store.entries() if entry.problem]
    print(f"{len(people)} sessions on one server for {seconds} s")
    print(
        f"saves {sum(person.told for person in people)}, "
        f"conflicts settled {sum(person.conflicts for person in people)}, "
        f"comparisons {sum(person.compared for person in people)}"
    )
    print(f"answer after a move or a choice: {spread([s for person in people for s in person.answers])}")
    print(f"answer after Save: {spread([s for person in people for s in person.saves])}")
    print(
        f"lost updates {len(lost)}, errors {len(errors)}, tracebacks {tracebacks}, damaged files {len(damaged)}"
    )
    for line, times in Counter([*lost, *errors]).most_common(8):
        print(f"  {times} x {line}")
    return int(bool(lost or errors or tracebacks or damaged))


def spread(seconds: list[float]) -> str:
    """Median, 95 of 100, and longest, of times in seconds."""
    if not seconds:
        return "none"
    seconds = sorted(seconds)
    return (
        f"{len(seconds)}, median {seconds[len(seconds) // 2]:.2f} s, "
        f"95 %: {seconds[len(seconds) * 95 // 100]:.2f} s, longest {seconds[-1]:.2f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
