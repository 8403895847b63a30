"""How fast the desk answers, beside an app with one slider: ``python benchmarks/desk.py [--drag]``.

Prints, from one run, measured figures, their bars, and their ratios to the app with one slider:

- drag: 20 propositions x 8 segments x 4 disciplines, also in 40 moments in Chromium: from an input to it drawn (the
  handler, the drawing of its frame, and the browser's style and layout of it; neither the wait for the frame nor paint,
  which the time between frames holds), how much of it is the desk's own script, the frames themselves beside those of
  the app with one slider under the same hand, and the sum of the points in every frame;
- release: from the release of the mouse to the last change below the desk, and in the app with one slider to its
  text; that app has Streamlit's own settings, ours those of ``.streamlit/config.toml``;
- sessions: 25 people who move a weight every 2 seconds over Streamlit's own websocket.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from app import THUMB, one_slider_in, opened, plain, release_times
from desk_page import DeskPage
from moment_samples import large_by_moment
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from running_app import BROWSER_FLAGS, RunningApp, find_browser
from sample_scenarios import examples_in, made
from streamlit_tab import Tab

from valuemix.files.scenarios.store import Store

MOVES, RELEASES, SESSIONS, GESTURES = 240, 15, 25, 8
WATCH = """desk => {
    const found = window.found = {answers: [], scripts: [], frames: [], sums: []};
    const points = () => [...desk.querySelectorAll('.weights input[type=range]')].map(each => Number(each.value));
    const ask = window.requestAnimationFrame.bind(window);
    let handled = 0, last = performance.now();
    desk.addEventListener('input', () => { found.began = performance.now(); }, {capture: true});
    desk.addEventListener('input', () => { handled += performance.now() - found.began; });
    window.requestAnimationFrame = draw => ask(now => {
        const began = performance.now();
        draw(now);
        const script = handled + performance.now() - began;
        desk.getBoundingClientRect();  // style and layout count
        if (handled) {
            found.scripts.push(script);
            found.answers.push(handled + performance.now() - began);
            found.sums.push(points().reduce((a, b) => a + b, 0));
            handled = 0;
        }
    });
    const frame = () => { found.frames.push(performance.now() - last); last = performance.now(); ask(frame); };
    ask(frame);
}"""


def line(what: str, found: float, bar: float, unit: str = "ms") -> None:
    told = "meets" if found <= bar else "misses"
    print(f"{what:<64} {found:8.2f} {unit:<3} bar {bar:g}: {told} it (ratio {found / bar:.2f})")


def pulled(page: Page, watched: Locator, x: float, y: float, a_point: float) -> dict[str, list[float]]:
    """What was seen while a slider was dragged for some seconds with a real mouse."""
    watched.evaluate(WATCH)
    for move in range(MOVES):
        page.mouse.move(x + a_point * 60 * abs((move % 80) - 40) / 40, y)
        page.wait_for_timeout(8)
    found: dict[str, list[float]] = page.evaluate("window.found")
    page.mouse.up()
    return found


def one_slider_pulled(browser: Browser, url: str) -> dict[str, list[float]]:
    """The same hand on the app with one slider."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    page.wait_for_selector("[data-testid=stSlider]")
    page.wait_for_timeout(1500)
    x, y = page.evaluate(THUMB)
    page.mouse.move(x, y)
    page.mouse.down()
    found = pulled(page, page.locator("[data-testid=stSlider]"), x, y, 4)
    page.close()
    return found


def dragged(page: Page, least: dict[str, list[float]], what: str, bar: float) -> None:
    """A drag of a weight, beside that of the app with one slider."""
    desk = DeskPage(page)
    found = pulled(page, desk.root, *desk.grab(0))
    print(f"{what}: {len(found['answers'])} answers, {len(found['frames'])} frames")
    answers, scripts = found["answers"], found["scripts"]
    drawn = f"{what}, input to drawn (handler, draw, style, layout)"
    line(f"{drawn}, p95", float(np.percentile(answers, 95)), bar)
    line(f"{drawn}, median", float(np.median(answers)), bar)
    line(f"{what}, of it handler and draw, p95", float(np.percentile(scripts, 95)), bar)
    line(f"{what}, of it handler and draw, median", float(np.median(scripts)), bar)
    frames, beside = (float(np.percentile(each["frames"], 95)) for each in (found, least))
    line(f"{what}, time between frames, p95", frames, 16.8)
    print(f"{'':<64} {beside:8.2f} ms in the one-slider app; ratio {frames / beside:.2f}")
    off = sum(total != 100 for total in found["sums"])
    line(f"{what}, frames in which the points do not sum to 100", off, 0.5, "")


def released(app: RunningApp, empty: RunningApp, browser: Browser) -> None:
    """Gestures in both apps in turns."""
    times = release_times(browser, app, empty, RELEASES)
    ours, least = (float(np.median(each)) for each in times.values())
    line("release to the last chart, in times of the one-slider app's text", ours / least, 3, "x")
    print(f"{'':<64} {ours:8.0f} ms; one slider {least:.0f} ms")


def together(app: RunningApp, scenario: str) -> None:
    """People who move a weight every two seconds."""
    answers: list[float] = []

    def work(number: int) -> None:
        dice, tab = random.Random(number), Tab(app.url, f"scenario={scenario}")  # noqa: S311 - no secret
        for _ in range(GESTURES):
            time.sleep(dice.uniform(1, 3))
            began = time.perf_counter()
            tab.move("all", dice.randrange(4), dice.randint(0, 100))
            answers.append(time.perf_counter() - began)
        tab.close()

    people = [threading.Thread(target=work, args=(number,)) for number in range(SESSIONS)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    print(f"sessions: {SESSIONS} at once, {len(answers)} gestures")
    line("sessions, answer after the release, p95", float(np.percentile(answers, 95)), 2, "s")


def main() -> None:
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("desk: valuemix with the settings in .streamlit/config.toml; one slider: Streamlit's own settings")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scenarios = examples_in(folder / "scenarios")
        store = Store(scenarios)
        large = [store.save_new(each).id for each in (made(20, 8), large_by_moment().renamed("By moment"))]
        with (
            RunningApp(scenarios) as app,
            plain(one_slider_in(folder)) as empty,
            sync_playwright() as player,
        ):
            browser = player.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
            for what, bar, each in (("drag", 4, large[0]), ("drag, 40 moments", 16, large[1])):
                page = opened(browser, f"{app.url}/?scenario={each}")
                dragged(page, one_slider_pulled(browser, empty.url), what, bar)
                page.close()
            if "--drag" in sys.argv:
                return
            released(app, empty, browser)
            browser.close()
            together(app, "base-case")


if __name__ == "__main__":
    main()
