"""An HTML page in one file: it runs its own scripts and nothing else, and reaches nobody."""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from valuemix.screen.html.markup import Markup, element

__all__ = ["dated", "digest", "html_page", "own"]


def html_page(
    title: str, body: Sequence[Markup], *, look: str, scripts: Sequence[str], allowed: Mapping[str, str]
) -> bytes:
    """Whole page, whose policy lets its scripts run and nothing be asked for.

    Parameters
    ----------
    title : str
        What the browser's tab says.
    body : sequence of Markup
        What the page shows, before its scripts.
    look : str
        Rules of its look.
    scripts : sequence of str
        Code that runs once the page is there.
    allowed : mapping of str to str
        Rules of the policy beside those for scripts.
    """
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(map(digest, scripts)),
        **allowed,
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    policy = "; ".join(f"{name} {value}" for name, value in rules.items())
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", Markup(look)),
    )
    code = (element("script", Markup(script)) for script in scripts)
    return (
        "<!DOCTYPE html>\n" + element("html", head, element("body", *body, *code), lang="en") + "\n"
    ).encode()


def digest(text: str) -> str:
    """Mark by which a policy lets a script or a style in."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def dated(today: datetime.date | None) -> list[Markup]:
    """Date below a title; none where it is None."""
    if today is None:
        return []
    words = f"{today.day} {today:%B %Y}"
    return [element("p", element("time", words, datetime=today.isoformat()), class_="meta")]


def own(name: str) -> str:
    """Text of a file beside this one."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
