"""How fast the interface answers, beside an app with one slider: ``python benchmarks/app.py``.

Prints, from one run in which both apps take turns:

- server: time of the script run after one slider move, in process and without a browser;
- browser: time from the release of a slider to the last chart redrawn, in a real Chromium, beside the
  time until the one-slider app shows its text;
- scoring: time of one evaluation of 20 propositions x 6 segments x 4 disciplines;
- deck: time to make a deck of twelve exhibits of 8 propositions x 5 segments.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from balance_screen import Screen  # noqa: E402
from desk_page import DeskPage  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from running_app import BROWSER_FLAGS, RunningApp, find_browser, settled  # noqa: E402
from sample_scenarios import examples_in, made  # noqa: E402
from streamlit.testing.v1 import AppTest  # noqa: E402

from valuemix.analysis.value.scoring import evaluate  # noqa: E402
from valuemix.exhibits.slides import exhibits_of  # noqa: E402
from valuemix.export.pptx import make_deck  # noqa: E402
from valuemix.ui import server  # noqa: E402

ONE_SLIDER = """\
import streamlit as st

st.header("One slider")
st.text(f"value {st.slider('Slider', 0, 100, 30, key='only')}")
"""
MOVES = 60
GESTURES = 30
THUMB = """() => {
    const thumb = document.querySelector('[data-testid=stSlider] [style*=translate]').getBoundingClientRect();
    return [thumb.x + thumb.width / 2, thumb.y + thumb.height / 2];
}"""
REDRAWN = """() => new Promise(done => {
    const began = performance.now();
    let last = 0;
    const watch = new MutationObserver(() => { last = performance.now(); });
    for (const box of document.querySelectorAll(SELECTOR))
        watch.observe(box, {subtree: true, childList: true, attributes: true, characterData: true});
    window.addEventListener('pointerup', () => { window.released = performance.now(); }, {once: true, capture: true});
    const quiet = setInterval(() => {
        if (window.released && last && performance.now() - last > 600) {
            clearInterval(quiet); watch.disconnect();
            const answer = last - window.released; window.released = 0; done(answer);
        } else if (performance.now() - began > 10000) { clearInterval(quiet); watch.disconnect(); done(-1); }
    }, 20);
})"""


def one_slider_in(folder: Path) -> Path:
    """The app with one slider, in a folder of its own."""
    script = folder / "one-slider" / "one_slider.py"
    script.parent.mkdir()
    script.write_text(ONE_SLIDER, encoding="utf-8")
    return script


def report(what: str, milliseconds: list[float], target: str = "") -> None:
    spread = np.percentile(milliseconds, [10, 90])
    goal = f"   target {target}" if target else ""
    print(
        f"{what:<58} median {statistics.median(milliseconds):7.2f} ms   "
        f"10 to 90 %: {spread[0]:.2f} to {spread[1]:.2f}   n {len(milliseconds)}{goal}"
    )


def timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def server_times(script: Path, scenarios: Path) -> None:
    """Script runs of both apps, one after the other in turns."""
    os.environ["VALUEMIX_SCENARIOS"] = str(scenarios)
    app = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    app.context = {"theme": "light"}
    app.query_params["scenario"] = "base-case"
    screen = Screen(app).run().segment("Enterprise")
    empty = AppTest.from_file(str(script)).run()

    def one_slider(to: int) -> None:
        empty.slider(key="only").set_value(to).run()

    moves: dict[str, Callable[[int], object]] = {"desk": lambda to: screen.move(0, to), "only": one_slider}
    times: dict[str, list[float]] = {key: [] for key in moves}
    for move in range(MOVES + 5):
        for key, to in moves.items():
            times[key].append(timed(lambda to=to, move=move: to(20 + (7 * move) % 60)))
    report("server, one slider move on the example", times["desk"][5:], "40")
    report("server, app with one slider", times["only"][5:])


def browser_times(script: Path, scenarios: Path) -> None:
    """Gestures in both apps in turns, each in its own tab in view."""
    with (
        RunningApp(scenarios) as app,
        plain(script) as empty,
        sync_playwright() as player,
    ):
        browser = player.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        times = release_times(browser, app, empty, GESTURES)
        report("browser, release to the last chart redrawn", times["desk"], "250")
        report("browser, release to the text of the app with one slider", times["one slider"])
        browser.close()


def plain(script: Path) -> RunningApp:
    """An app with Streamlit's own settings, from a folder without any; but it stays on this machine."""
    settings = ("--server.address=127.0.0.1", "--browser.gatherUsageStats=false")
    return RunningApp(script.parent, script=script, folder=script.parent, settings=settings)


def release_times(
    browser: Browser, app: RunningApp, empty: RunningApp, gestures: int
) -> dict[str, list[float]]:
    """Milliseconds from the release of a slider to what follows it: in both apps in turns, by the mouse."""
    pages = {
        "desk": (opened(browser, f"{app.url}/?scenario=base-case"), "[data-testid=stPlotlyChart]"),
        "one slider": (opened(browser, empty.url), "[data-testid=stText]"),
    }
    for page, _ in pages.values():  # a chart of what has changed is there from the first change on
        page.bring_to_front()
        page.locator("input[type=range]").first.press("ArrowRight")
        page.wait_for_timeout(2000)
    times: dict[str, list[float]] = {name: [] for name in pages}
    for gesture in range(gestures + 3):
        for name, (page, selector) in pages.items():
            times[name].append(released(page, selector, 40 if gesture % 2 else -40))
    return {name: each[3:] for name, each in times.items()}  # the first ones draw what is redrawn later


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(url)
    settled(page)
    return page


def released(page: Page, selector: str, by: int) -> float:
    """Milliseconds from the release of the first slider, dragged by some pixels, to the last change of a selector."""
    page.bring_to_front()
    desk = DeskPage(page)
    if desk.root.count():
        x, y, _ = desk.grab(0)
    else:
        x, y = page.evaluate(THUMB)
        page.mouse.move(x, y)
        page.mouse.down()
    page.mouse.move(x + by, y, steps=4)
    page.evaluate(f"() => {{ window.answer = ({REDRAWN.replace('SELECTOR', repr(selector))})(); }}")
    page.mouse.up()
    answer = float(page.evaluate("() => window.answer"))
    if answer < 0:
        raise TimeoutError(f"nothing was redrawn in {selector}")
    return answer


def scoring_times() -> None:
    scenario = made(20, 6, 4)
    evaluate(scenario)
    report(
        "scoring 20 propositions x 6 segments x 4 disciplines",
        [timed(lambda: evaluate(scenario)) for _ in range(300)],
        "1",
    )


def deck_times() -> None:
    exhibits = exhibits_of(made(8, 5))[:12]
    report("deck of twelve exhibits", [timed(lambda: make_deck(exhibits)) for _ in range(5)], "5000")


def main() -> None:
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = one_slider_in(folder)
        scenarios = examples_in(folder / "scenarios")
        scoring_times()
        deck_times()
        server_times(script, scenarios)
        if find_browser() is None:
            print("browser: no Chromium or Chrome on this machine")
        else:
            browser_times(script, scenarios)


if __name__ == "__main__":
    main()
