"""Takes the screenshot of the README from the running app: ``python docs/make_screenshot.py docs/balance.png``."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PORT = 8599


def main(target: str) -> None:
    """Start the app on a copy of the examples, open the illustrative case, take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        scenarios = Path(folder) / "scenarios"
        shutil.copytree(ROOT / "scenarios", scenarios)
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            f"--server.port={PORT}",
            "--server.headless=true",
        ]
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "VALUEMIX_SCENARIOS": str(scenarios)})
        try:
            wait_until_up()
            take(target)
        finally:
            server.terminate()
            server.wait()


def wait_until_up() -> None:
    """Wait for the health answer of the server, half a minute at most."""
    for _ in range(60):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_stcore/health") as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError("the app did not start")


def take(target: str) -> None:
    """Open Enterprise in the illustrative case with one weight moved, and take the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, device_scale_factor=1)
        page.goto(f"http://127.0.0.1:{PORT}/?scenario=base-case")
        page.get_by_text("Enterprise", exact=True).first.click()
        page.get_by_text("Weights, Enterprise").wait_for()
        page.locator("#weight-0").press("PageUp")
        page.locator("section.desk:not(.moving)").wait_for()
        page.wait_for_timeout(1500)
        page.get_by_test_id("stStatusWidget").wait_for(state="hidden")
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
