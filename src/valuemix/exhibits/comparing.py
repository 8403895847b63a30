"""Words that exhibits of several scenarios share."""

from __future__ import annotations

from collections.abc import Sequence

from valuemix.analysis.compare import Comparison
from valuemix.exhibits import wording
from valuemix.exhibits.formats import decimals_of, number

__all__ = [
    "decimals",
    "every_scenario",
    "only_one",
    "other_place",
    "proposition_words",
    "scenario_words",
    "source",
    "unshared_notes",
]


def decimals(comparison: Comparison) -> int:
    """Decimals of the values of all scenarios that stand on the baseline's scale."""
    alike = zip(comparison.scenarios, comparison.same_scale, strict=True)
    return decimals_of(*(scenario for scenario, same in alike if same))


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
    return wording.some_of(count, count, "scenario")


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
        groups: dict[tuple[str, ...], list[str]] = {}
        for item in comparison.unshared:
            if item.kind == kind:
                groups.setdefault(item.scenarios, []).append(item.name)
        listed = [
            f"{wording.joined(wording.short_names(names))} {_having(comparison, having)}"
            for having, names in groups.items()
        ]
        if listed:
            notes.append(f"{kind}s not in every scenario: {'; '.join(listed)}")
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


def _having(comparison: Comparison, scenarios: Sequence[str]) -> str:
    """Which scenarios have something: "in Base case only"."""
    words = dict(zip(comparison.names, scenario_words(comparison), strict=True))
    lacking = [name for name in comparison.names if name not in scenarios]
    if len(lacking) == 1 and len(scenarios) > 1:
        return f"in all but {words[lacking[0]]}"
    return f"in {wording.joined([words[name] for name in scenarios])} only"
