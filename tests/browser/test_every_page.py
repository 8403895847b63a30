"""Every page can be read by everybody, loads only what its server sends, and shows nothing of Streamlit's own."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from nightly import NIGHTLY
from playwright.sync_api import ConsoleMessage
from running_app import ColorScheme, Profiles, RunningApp, settled

PAGES = [
    "balance", "trade-offs", "robustness", "compare", "customer-view", "evidence", "scenarios", "data", "export",
]  # fmt: skip
NOT_OURS = ["[data-testid=stFileUploaderDropzone]"]
"""Parts of Streamlit's widgets that axe finds fault with, whatever we give them."""
AXE = "which => axe.run({exclude: which}, {resultTypes: ['violations']})"
STREAMLITS_OWN = "[data-testid=stSkillsNudge], [data-testid=stAppDeployButton], [data-testid=stDecoration]"


# By day one of each kind that the others are made of (charts, tables, choices, fields), in the light; at night all,
# also in the dark.
SEEN = PAGES if NIGHTLY else ["trade-offs"]


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
def test_a_page_has_no_barriers_and_breaks_no_rule_of_the_server(
    profiles: Profiles, app: RunningApp, theme: ColorScheme
) -> None:
    refused: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if "Security Policy" in message.text:
            refused.append(message.text)

    found: dict[str, list[str]] = {}
    with profiles.lent(theme=theme) as page:
        page.on("console", told)
        for name in SEEN:
            page.goto(f"{app.url}/{'' if name == 'balance' else name}?scenario=base-case")
            settled(page)
            page.wait_for_timeout(500)  # until what fades in has its colour
            page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
            violations = page.evaluate(AXE, NOT_OURS)["violations"]
            found[name] = [f"{rule['id']}: {node['html']}" for rule in violations for node in rule["nodes"]]
            assert page.locator(STREAMLITS_OWN).count() == 0
            assert page.get_by_test_id("stMainMenu").count() == 1
        page.remove_listener("console", told)
    assert {name: nodes for name, nodes in found.items() if nodes} == {}
    assert refused == []
