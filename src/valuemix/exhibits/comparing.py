"""Words that exhibits of several scenarios share."""

from __future__ import annotations

from collections.abc import Sequence

from valuemix.analysis.compare import Comparison, Unshared
from valuemix.exhibits import wording
from valuemix.exhibits.formats import number

__all__ = [
    "every_scenario",
    "only_one",
    "other_place",
    "proposition_words",
    "scenario_words",
    "source",
    "unshared_notes",
]


def scenario_words(comparison: Comparison) -> list[str]:
    """Name of every scenario as it stands inside a sentence."""
    return wording.short_names(comparison.names, 16)


def proposition_words(comparison: Comparison) -> list[str]:
    """Name of every proposition as it stands inside a sentence."""
    return wording.short_names(comparison.propositions)


def other_place(comparison: Comparison, other: str | None) -> int | None:
    """Place of the scenario that is compared with the baseline: the first other one where none is named.

    None where there is no other. Raises UnknownName where it is not compared.
    """
    if other is not None:
        return comparison.index(other)
    return 1 if len(comparison.names) > 1 else None


def only_one(comparison: Comparison) -> str:
    """What is true of a single scenario."""
    evaluation, words = comparison.evaluations[0], proposition_words(comparison)
    leaders = evaluation.standing().leaders
    alone = f"{scenario_words(comparison)[0]} is the only scenario chosen"
    if not leaders:
        return f"{alone}, and no proposition has a value in it"
    verb = "leads" if len(leaders) == 1 else "share the lead in"
    return f"{alone}; {wording.joined([words[p] for p in leaders])} {verb} it overall"


def every_scenario(count: int) -> str:
    """All of them: "both scenarios", "all three scenarios"."""
    return "both scenarios" if count == 2 else f"all {wording.count(count, 'scenario')}"


def source(comparison: Comparison, places: Sequence[int] | None = None) -> str:
    """Source line: where the data come from, and the scenarios that are shown."""
    chosen = range(len(comparison.names)) if places is None else places
    own = [" ".join(comparison.scenarios[k].source.split()).rstrip(".;") for k in chosen]
    sources = [text for text in dict.fromkeys(own) if text]
    names = wording.joined([comparison.names[k] for k in chosen], 6)
    return "; ".join([*sources, f"scenario{'s' if len(own) > 1 else ''} {names}"])


def unshared_notes(comparison: Comparison, kinds: Sequence[str] = ()) -> list[str]:
    """What not every scenario has, one note a kind."""
    notes = []
    for kind in kinds or ("proposition", "segment", "discipline"):
        found = [item for item in comparison.unshared if item.kind == kind]
        if found:
            names = wording.short_names([item.name for item in found])
            listed = [
                f"{name} ({_having(comparison, item)})" for name, item in zip(names, found, strict=True)
            ]
            notes.append(f"{kind}{'s' if len(found) > 1 else ''} not in every scenario: {'; '.join(listed)}")
    return notes


def scale_note(comparison: Comparison) -> list[str]:
    """That the values stand on several scales, where they do."""
    if all(comparison.same_scale):
        return []
    words = scenario_words(comparison)
    scales = [f"{word} {wording.scale(s)}" for word, s in zip(words, comparison.scenarios, strict=True)]
    return [f"values stand on different scales and are not subtracted: {', '.join(scales)}"]


def figure_or_none(value: float, decimals: int) -> str:
    """Value for an alternative text."""
    return number(value, decimals) if value == value else "none"


def _having(comparison: Comparison, item: Unshared) -> str:
    words = dict(zip(comparison.names, scenario_words(comparison), strict=True))
    having, count = [words[name] for name in item.scenarios], len(comparison.names)
    if count > 2 and len(having) == count - 1:
        return f"not in {next(words[name] for name in comparison.names if name not in item.scenarios)}"
    return f"{wording.joined(having)} only"
