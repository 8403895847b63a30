"""The icon of the browser tab, a local file: a Material icon would be fetched from outside."""

from pathlib import Path

__all__ = ["PATH"]

PATH = str(Path(__file__).with_name("static") / "icon.png")
