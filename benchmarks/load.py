"""Twenty people on one folder for a minute: ``python benchmarks/load.py [seconds] [sessions]``.

The app runs as one server. Some sessions are real browser tabs that move sliders and save in
Chromium; the others are threads of this process that do what the interface does on the same
folder: they open, tune, rank, compare and save through the same store, and settle every
conflict by working their edit into what the other one saved. So the lock is fought over
between processes and between threads.

Nothing is lost where every edit that was told as saved is found in the folder afterwards. Each
thread therefore counts its own saves in a score that nobody else writes to: the sums must agree.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from playwright.sync_api import Page, expect, sync_playwright  # noqa: E402
from running_app import BROWSER_FLAGS, RunningApp, find_browser, settled  # noqa: E402
from sample_scenarios import made  # noqa: E402

from valuemix.analysis.compare import compare  # noqa: E402
from valuemix.analysis.scoring import evaluate  # noqa: E402
from valuemix.files.store import Conflict, Saved, Store  # noqa: E402
from valuemix.model.scenario import Scenario  # noqa: E402

SHARED = 3
TABS = 4
STEP = 0.01


@dataclass
class Person:
    """One session that is driven without a browser, with a proposition of its own in every scenario."""

    name: str
    store: Store
    ids: list[str]
    saved: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def work(self, until: float) -> None:
        dice = random.Random(self.name)  # noqa: S311 - no secret
        while time.monotonic() < until:
            try:
                self.round(dice)
            except Exception as error:  # noqa: BLE001 - every error counts, and is printed
                self.errors.append(f"{type(error).__name__}: {error}")
            time.sleep(dice.uniform(0.2, 0.8))

    def round(self, dice: random.Random) -> None:
        opened = [self.store.open(scenario_id) for scenario_id in self.ids]
        chosen = dice.choice(opened)
        work = chosen.scenario
        for _ in range(5):
            work = work.with_weights("Segment 1", innovation=dice.randint(0, 100))
            evaluate(work)
        compare(*(saved.scenario for saved in opened))
        self.store.save_draft(self.name, work, chosen)
        self.save(chosen, work)
        self.store.discard_draft(self.name)

    def save(self, base: Saved, work: Scenario) -> None:
        """Save one more count; where someone was faster, count on what they saved."""
        while True:
            score = count_of(work, self.name) + 1
            counted = work.with_scores(self.name, innovation=score * STEP)
            began = time.perf_counter()
            try:
                self.store.save(base, counted, by=self.name)
            except Conflict as conflict:
                self.conflicts += 1
                base, work = conflict.theirs, conflict.theirs.scenario
                continue
            self.seconds.append(time.perf_counter() - began)
            self.saved[base.id] += 1
            return


def count_of(scenario: Scenario, name: str) -> int:
    place = scenario.proposition_index(name)
    return round(float(scenario.array("scores")[0, place, 0]) / STEP)


def folder_for(names: list[str], folder: Path) -> tuple[Store, list[str]]:
    """Scenarios with a proposition for each person, whose first score counts that person's saves."""
    folder.mkdir()
    store = Store(folder)
    scenario = made(len(names), 2, propositions=names)
    for name in names:
        scenario = scenario.with_scores(name, innovation=0)
    return store, [store.save_new(scenario.renamed(f"Shared {i}")).id for i in range(SHARED)]


def tab_round(page: Page, dice: random.Random, told: Counter[str]) -> None:
    """One slider move and one save in a real tab; a conflict is settled by one of the three ways."""
    page.locator("input[type=range]").first.focus()
    page.keyboard.press(dice.choice(["ArrowRight", "ArrowLeft", "PageUp", "PageDown"]))
    page.wait_for_timeout(400)
    settled(page)
    save = page.get_by_role("button", name="Save", exact=True)
    if not save.is_enabled():
        return
    save.click()
    page.wait_for_timeout(400)
    settled(page)
    told["saves"] += 1
    # Replacing theirs is left out: it is the one way that takes an edit out of the newest version.
    if page.get_by_text("They changed").count():
        told["conflicts"] += 1
        way = dice.choice(["Load theirs", "Save mine as a new scenario"])
        page.get_by_role("button", name=way).click()
        page.wait_for_timeout(400)
        settled(page)
        told[way] += 1
    expect(page.get_by_text("Traceback")).to_have_count(0)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    sessions = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    tabs = TABS if find_browser() else 0
    names = [f"Person-{number}" for number in range(sessions - tabs)]
    with tempfile.TemporaryDirectory() as temporary:
        store, ids = folder_for(names, Path(temporary) / "scenarios")
        people = [Person(name, Store(store.folder), ids) for name in names]
        told: Counter[str] = Counter()
        with RunningApp(store.folder) as app:
            drive(app, people, ids, seconds, tabs, told)
            tracebacks = app.log.count("Traceback")
        sys.exit(report(store, people, told, tracebacks, seconds, tabs))


def drive(
    app: RunningApp, people: list[Person], ids: list[str], seconds: float, tabs: int, told: Counter[str]
) -> None:
    """Let everybody work at the same time."""
    with sync_playwright() as player:
        pages = []
        if tabs:
            browser = player.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
            for number in range(tabs):
                page = browser.new_context().new_page()
                page.goto(f"{app.url}/?scenario={ids[number % len(ids)]}")
                settled(page)
                pages.append(page)
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=person.work, args=(until,)) for person in people]
        for thread in threads:
            thread.start()
        dice = random.Random(7)  # noqa: S311 - no secret
        while pages and time.monotonic() < until:
            tab_round(dice.choice(pages), dice, told)
        for thread in threads:
            thread.join()


def report(
    store: Store, people: list[Person], told: Counter[str], tracebacks: int, seconds: float, tabs: int
) -> int:
    """Print the figures; 1 where an edit was lost or anything failed."""
    saves = sum(sum(person.saved.values()) for person in people)
    found = {i: store.open(i).scenario for i in {i for person in people for i in person.ids}}
    lost = sum(
        person.saved[i] - count_of(scenario, person.name)
        for i, scenario in found.items()
        for person in people
    )
    errors = [error for person in people for error in person.errors]
    times = sorted(took for person in people for took in person.seconds) or [float("nan")]
    problems = [entry.problem for entry in store.entries() if entry.problem]
    print(f"{len(people)} sessions in threads and {tabs} tabs in Chromium for {seconds:.0f} s")
    print(f"saves {saves}, conflicts settled {sum(person.conflicts for person in people)}")
    print(f"in tabs: {dict(told)}")
    print(
        f"save: median {times[len(times) // 2] * 1000:.1f} ms, 99 %: {times[len(times) * 99 // 100] * 1000:.1f} ms"
    )
    print(
        f"lost updates {lost}, errors {len(errors)}, tracebacks {tracebacks}, damaged files {len(problems)}"
    )
    for error, count in Counter(errors).most_common(5):
        print(f"  {count} x {error}")
    return int(bool(lost or errors or tracebacks or problems))


if __name__ == "__main__":
    main()
