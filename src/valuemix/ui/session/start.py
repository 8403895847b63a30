"""What a browser tab starts with: the scenario that its address names, the last one, the first example, or none."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from valuemix.errors import StorageError, ValuemixError
from valuemix.files.scenarios.examples import FIRST_EXAMPLE
from valuemix.files.scenarios.store import Entry, Store
from valuemix.model.carried_weights import with_weights_code
from valuemix.model.names import MAX_NAME, name_key
from valuemix.model.scenario import Scenario
from valuemix.ui.session.history import History, Work

__all__ = ["empty_start", "listed", "opening", "scenario_folder", "scenario_labels"]


def scenario_folder() -> Path:
    """Folder of the scenarios: VALUEMIX_SCENARIOS, or scenarios in the working folder."""
    return Path(os.environ.get("VALUEMIX_SCENARIOS") or "scenarios")


def listed(store: Store) -> list[Entry]:
    """Scenarios in the folder, those with a problem included; none where it cannot be read."""
    try:
        return store.entries()
    except StorageError:
        return []


def scenario_labels(entries: Iterable[Entry]) -> dict[str, str]:
    """Label of each scenario that opens, by its id: its name, with the file's where two have one name."""
    names = {entry.id: entry.name for entry in entries if not entry.problem}
    counts = Counter(map(name_key, names.values()))
    return {
        i: name if counts[name_key(name)] == 1 else f"{name[: MAX_NAME - len(i) - 3]} ({i})"
        for i, name in names.items()
    }


def opening(store: Store, address: Mapping[str, str]) -> tuple[History, str]:
    """First work of a tab, and a message where the address asks for what cannot be had.

    Parameters
    ----------
    store : Store
        The folder of scenarios.
    address : mapping
        Parameters of the address: ``scenario`` is an id, ``w`` the weights of a link.
    """
    wanted = address.get("scenario", "")
    newest_first = sorted(listed(store), key=lambda entry: (entry.id != FIRST_EXAMPLE, entry.path.name))
    newest_first.sort(key=lambda entry: entry.saved_at or "", reverse=True)
    ids = [entry.id for entry in newest_first if not entry.problem]
    message = ""
    if wanted and wanted not in ids:
        reasons = {entry.id: entry.problem for entry in newest_first}
        reason = reasons.get(wanted) or "It is not in this folder."
        message = f"The scenario that the link names cannot be opened; another one is open instead. {reason}"
    for name in sorted(ids, key=lambda name: name != wanted):
        try:
            history = History((Work.on(store.open(name)),))
        except ValuemixError as error:
            message = str(error)
            continue
        return _weighed(history, address.get("w", "") if name == wanted else "", message)
    return History((Work(empty_start(), None, empty_start()),)), message


def _weighed(history: History, code: str, message: str) -> tuple[History, str]:
    """History with the weights of a link as one more step, which can be undone."""
    if not code:
        return history, message
    try:
        return history.edited(with_weights_code(history.present.scenario, code)), message
    except ValuemixError as error:
        return history, f"The weights of the link are left out. {error}"


def empty_start() -> Scenario:
    """What an empty folder starts with: two propositions, one segment, every score in the middle."""
    return Scenario.from_arrays(
        np.full((1, 2, 4), 5.0),
        segments=["All customers"],
        propositions=["First proposition", "Second proposition"],
        name="New scenario",
    )
