"""Every deck and workbook that a test makes is checked by validators that no one here wrote.

`watch` is called once, before any test is read: it puts the checks behind the functions that make files.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import io
import os
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nightly import NIGHTLY
from ooxml_integrity import check_pptx
from openxml_audit import FileFormat, OpenXmlValidator
from openxml_audit.context import ValidationContext
from openxml_audit.parts import OpenXmlPart
from openxml_audit.schema.validator import SchemaValidator
from xlsxwriter.worksheet import Worksheet

from valuemix.export.pptx.template.package_check import flaws_of

__all__ = ["findings_in", "watch"]

MOST = 2 if NIGHTLY else 1
"""Files of a kind that the slow validator looks at: in each test at night, in each file of `CHECKED` else."""

CHECKED = (
    "tests/export/test_deck_slides.py",
    "tests/export/test_workbook_file.py",
)
"""Where each kind of file is made for its own sake: it looks for three seconds at one that it has not seen."""

_looked: Counter[tuple[str, str]] = Counter()


def watch() -> None:
    """Let every deck and workbook that is made from now on be checked."""
    deck: Any = importlib.import_module("valuemix.export.pptx.deck")
    deck.flaws_of = lambda data: [*flaws_of(data), *_budgeted(data, ".pptx")]
    for module, name in (
        ("valuemix.export.workbook", "make_workbook"),
        ("valuemix.files.tables.writing.template", "template_workbook"),
    ):
        owner: Any = importlib.import_module(module)
        setattr(owner, name, _checked(getattr(owner, name)))
    if not NIGHTLY:
        # It looks in each formula for 33 functions of later versions, in a third of the time of a workbook; ours name
        # those as the file does (test_golden.py has the formulas).
        Worksheet._prepare_formula = lambda _self, formula, _expand=False: formula.strip("{}").removeprefix(
            "="
        )


def findings_in(data: bytes, ending: str) -> list[str]:
    """What the validators find in an Office file: openxml-audit for Microsoft 365, ooxml-integrity in decks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"made{ending}"
        path.write_bytes(data)
        found = [str(error) for error in _auditor().validate(path).errors]
        if ending == ".pptx":
            found += [str(finding) for finding in check_pptx(path) if finding.severity.name == "ERROR"]
    return found


@functools.cache
def _auditor() -> OpenXmlValidator:
    SchemaValidator.validate_part = _once_a_part(SchemaValidator.validate_part)
    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)


def _once_a_part(validate_part: Callable[..., Any]) -> Callable[..., Any]:
    """The schemas look at a part by itself: one that was sound, as most of a template, is sound in every file."""
    sound: set[tuple[str, bytes]] = set()

    @functools.wraps(validate_part)
    def validated(validator: SchemaValidator, part: OpenXmlPart, context: ValidationContext) -> Any:
        key = (str(part.content_type), hashlib.sha256(part.raw_content or b"").digest())
        if key not in sound:
            before = len(context.errors)
            validate_part(validator, part, context)
            if len(context.errors) == before:
                sound.add(key)
        return context.errors

    return validated


def _checked(make: Callable[..., bytes]) -> Callable[..., bytes]:
    @functools.wraps(make)
    def made(*given: Any, **named: Any) -> bytes:
        data = make(*given, **named)
        found = [*flaws_of(data), *_budgeted(data, ".xlsx")]
        assert not found, found
        return data

    return made


_seen: set[str] = set()


def _budgeted(data: bytes, ending: str) -> list[str]:
    """Findings in a file whose parts were not seen before; none once the budget is spent."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "")
    if not NIGHTLY and not test.startswith(CHECKED):
        return []
    spent = (test.partition(" ")[0] if NIGHTLY else test.partition("::")[0], ending)
    digest = _digest(data)
    if _looked[spent] >= MOST or digest in _seen:
        return []
    _looked[spent] += 1
    found = findings_in(data, ending)
    if not found:
        _seen.add(digest)
    return found


def _digest(data: bytes) -> str:
    """Of the parts, whenever they were zipped."""
    total = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(set(archive.namelist())):
            total.update(name.encode() + archive.read(name))
    return total.hexdigest()
