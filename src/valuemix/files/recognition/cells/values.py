"""Numbers and words in cells: what people write where a score is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from valuemix.files.recognition.cells.words import plain
from valuemix.files.tables.reading.numbers import Decimal, parse_number

__all__ = [
    "FAMILIES",
    "are_amounts",
    "family_of",
    "is_word",
    "no_value",
    "read_number",
    "read_range",
    "word_key",
]

FAMILIES: Mapping[str, Mapping[str, float]] = {
    "levels": {"high": 3, "medium": 2, "med": 2, "low": 1, "hoch": 3, "mittel": 2, "niedrig": 1, "gering": 1, "h": 3,
               "m": 2, "l": 1, "eleve": 3, "moyen": 2, "faible": 1, "alto": 3, "medio": 2, "bajo": 1, "alta": 3,
               "media": 2, "baja": 1, "hoog": 3, "midden": 2, "laag": 1, "none": 0},
    "five levels": {"very high": 5, "high": 4, "medium": 3, "med": 3, "moderate": 3, "low": 2, "very low": 1,
                    "sehr hoch": 5, "hoch": 4, "mittel": 3, "niedrig": 2, "gering": 2, "sehr niedrig": 1,
                    "sehr gering": 1, "vh": 5, "h": 4, "m": 3, "l": 2, "vl": 1, "muy alto": 5, "alto": 4, "medio": 3,
                    "bajo": 2, "muy bajo": 1},
    "signs": {"+": 1, "-": -1, "s": 0, "0": 0, "o": 0, "=": 0, "same": 0, "better": 1, "worse": -1, "++": 2, "--": -2,
              "+++": 3, "---": -3, "much better": 2, "much worse": -2, "+/-": 0, "besser": 1, "gleich": 0,
              "schlechter": -1},
    "sizes": {"xxs": 1, "xs": 1, "s": 2, "m": 3, "l": 5, "xl": 8, "xxl": 13},
    "quality": {"excellent": 5, "very good": 4, "good": 3, "fair": 2, "poor": 1, "sehr gut": 5, "gut": 4,
                "befriedigend": 3, "ausreichend": 2, "mangelhaft": 1, "average": 2, "bad": 1},
    "quality in Dutch": {"uitstekend": 5, "zeer goed": 5, "goed": 4, "voldoende": 3, "matig": 2, "slecht": 1},
    "quality in French": {"excellent": 5, "tres bien": 5, "tres bon": 5, "bien": 4, "bon": 4, "assez bien": 3,
                          "moyen": 3, "passable": 2, "insuffisant": 2, "mauvais": 1},
    "quality in Spanish": {"excelente": 5, "muy bueno": 4, "muy bien": 4, "bueno": 3, "bien": 3, "regular": 2,
                           "malo": 1, "mal": 1},
    "quality in Italian": {"ottimo": 5, "eccellente": 5, "buono": 4, "discreto": 3, "sufficiente": 2,
                           "insufficiente": 1, "scarso": 1},
    "quality in Portuguese": {"excelente": 5, "muito bom": 4, "bom": 3, "razoavel": 2, "mau": 1, "ruim": 1},
    "strength": {"strong": 9, "moderate": 3, "medium": 3, "weak": 1, "stark": 9, "schwach": 1, "none": 0},
    "yes and no": {"yes": 1, "no": 0, "ja": 1, "nein": 0, "oui": 1, "non": 0, "si": 1, "y": 1, "n": 0, "partly": 0.5,
                   "partial": 0.5, "teilweise": 0.5, "✓": 1, "✔": 1, "✗": 0, "✘": 0, "partially": 0.5},
    "traffic lights": {"green": 3, "amber": 2, "yellow": 2, "red": 1, "grun": 3, "gelb": 2, "rot": 1},
    "agreement": {"strongly agree": 5, "agree": 4, "neutral": 3, "neither agree nor disagree": 3, "undecided": 3,
                  "disagree": 2, "strongly disagree": 1, "stimme voll zu": 5, "stimme zu": 4, "teils teils": 3,
                  "stimme nicht zu": 2, "stimme gar nicht zu": 1},
    "satisfaction": {"very satisfied": 5, "satisfied": 4, "neutral": 3, "dissatisfied": 2, "very dissatisfied": 1,
                     "sehr zufrieden": 5, "zufrieden": 4, "unzufrieden": 2, "sehr unzufrieden": 1},
    "priorities": {"critical": 4, "essential": 4, "vital": 4, "crucial": 4, "must have": 4, "must": 4, "kritisch": 4,
                   "muss": 4, "indispensable": 4, "critico": 4, "esencial": 4, "very high": 4, "high": 3,
                   "should have": 3, "should": 3, "soll": 3, "hoch": 3, "medium": 2, "could have": 2, "could": 2,
                   "kann": 2, "mittel": 2, "moderate": 2, "low": 1, "nice to have": 1, "nice": 1,
                   "won't have": 0, "wont have": 0, "won't": 0,
                   "niedrig": 1, "important": 3, "wichtig": 3, "optional": 1, "desirable": 2},
    "importance": {"extremely important": 5, "very important": 4, "important": 3, "somewhat important": 2,
                   "moderately important": 2, "slightly important": 1, "less important": 1, "not important": 0,
                   "unimportant": 0, "not very important": 1, "sehr wichtig": 4, "wichtig": 3, "weniger wichtig": 2,
                   "eher wichtig": 2, "nicht wichtig": 0, "unwichtig": 0, "tres important": 4,
                   "peu important": 1, "assez important": 2, "pas important": 0, "muy importante": 4, "importante": 3,
                   "poco importante": 1, "nada importante": 0, "heel belangrijk": 4, "belangrijk": 3,
                   "minder belangrijk": 2, "molto importante": 4, "abbastanza importante": 2},
    "asterisks": {"*": 1, "**": 2, "***": 3, "****": 4, "*****": 5},
    "circles": {"●": 4, "◕": 3, "◑": 2, "◔": 1, "○": 0},
    "stars": {"★": 1, "★★": 2, "★★★": 3, "★★★★": 4, "★★★★★": 5},
}  # fmt: skip
"""Words by family, and the number that each stands for; a table of words is of one family."""

_MISSING: Mapping[str, str] = {
    "signs": "|-|–|—|?|.|…|#n/a",
    "en": "n/a|na|n.a.|n.a|none|tbd|tba|tbc|no data|not available|not applicable|not rated|unknown|don't know|dk",
    "de": "k.a.|ka|n.b.|nb|n.v.|s.o.|keine angabe|nicht bewertet|unbekannt|weiß nicht",
    "fr": "nsp|n.s.p.|nc|n.c.|nd|n.d.|ne sait pas|non renseigné|sans objet",
    "es": "s/d|sd|n/d|n/c|ns/nc|ns|sin datos|no disponible",
    "it": "non disponibile|n.p.",
    "nl": "nvt|n.v.t.|onbekend",
    "pl": "b/d|b.d.|brak danych",
    "zh": "不详|未知|暂无|未提供|未评|待定|不适用",
    "ja": "不明|未定|該当なし|未回答",
}
"""Signs and usual abbreviations for a score that is missing, by language."""
_NONE = frozenset(word for listed in _MISSING.values() for word in listed.split("|"))
_UNITS = (
    r"%|[€$£¥]|eur|usd|gbp|chf|d|h|min|s|days?|weeks?|months?|years?|hours?|tage?|wochen?|monate?|"
    r"km|m|m2|m²|kg|g|t|pts?|k"
)
_UNIT = re.compile(
    rf"{_UNITS}|.*[/€$£¥°²³%].*|.* (per|pro|par|por|je|a) .*|"
    r"[kmt]?(eur|usd|gbp|chf|sek|nok|dkk|pln|czk|huf|jpy|cny|rmb|inr|aud|cad|brl|try|zar|kr|zl|rub|"
    r"euros?|dollars?|pounds?|francs?|kronor|kroner)|(mio|mln|thousand|million)\b.*|"
    r"(person |man |work(ing)? |business |calendar )?(sec|second|minute|hour|day|week|month|quarter|year|sprint)s?|"
    r"(hr|wk|mo|yr|mth)s?|sek(unden?)?|minuten?|std|stunden?|tag|woche|monat|jahre?|"
    r"minutes?|heures?|jours?|semaines?|mois|ans?|annees?|minutos?|horas?|dias?|semanas?|mes|meses|anos?|"
    r"minuten|uren|uur|dagen|weken|maanden|jaar|jaren|minuti|ore|giorni|settimane|mesi|anni|dagar|veckor|manader|ar|"
    r"mm|cm|dm|mi|miles?|ft|feet|in|inch(es)?|yd|ha|hectares?|acres?|m2|m3|l|ml|cl|dl|hl|lit(er|re)s?|gal(lons?)?|"
    r"mg|kilos?|grams?|gramm|to|tons?|tonnes?|tonnen|lbs?|oz|t co2e?|kg co2e?|[kmg]?wh?|[km]?va?|m?ah?|[kmg]?hz|"
    r"db(\(a\))?|k?nm?|[kmh]?pa|bar|psi|k?j|kcal|cal|[cfk]|[kmgt]b(it)?|mbps|gbps|fps|dpi|ppm|px|rpm|lux|lm|nm|ph|"
    r"pcs|pieces?|stk|stuck|people|persons?|personen|fte|staff|seats?|users?|visitors?|units?|items?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"(?P<before>[€$£¥]|(?:eur|usd|gbp|chf)\b)?\s*(?P<sign>[+\-−]?)"
    rf"(?P<number>\d+(?:[.,]\d+)*|\d{{1,3}}(?:[\s'’]\d{{3}})+(?:[.,]\d+)?|[.,]\d+)"
    rf"(?:\s*(?P<unit>{_UNITS})|\s+(?P<word>[a-zäöü²/]{{1,12}}))?",
    re.IGNORECASE,
)


_RANGE = re.compile(r"(\d{1,6}(?:[.,]\d+)?)\s*(?:-|–|—|to|bis|à|a|tot)\s*(\d{1,6}(?:[.,]\d+)?)")


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure, and no other word.

    Examples
    --------
    >>> is_unit("EUR"), is_unit("l/100 km"), is_unit("dB(A)"), is_unit("Sylt")
    (True, True, True, False)
    """
    return _UNIT.fullmatch(plain(text) or text) is not None or _UNIT.fullmatch(text.strip()) is not None


@lru_cache(200_000)
def read_number(text: str, decimal: Decimal) -> tuple[float, str] | None:
    """Number in a cell and its unit, or None; thousands, signs of money and units may stand with it.

    Examples
    --------
    >>> read_number("7,5", ","), read_number("€ 1,200", "."), read_number("30 %", "."), read_number("5 days", ".")
    ((7.5, ''), (1200.0, '€'), (0.3, '%'), (5.0, 'days'))
    >>> read_number("2a", "."), read_number("Option 1", ".")
    (None, None)
    """
    value = parse_number(text, decimal)
    if value is not None:
        return value, ""
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        return None
    value = _grouped(found["number"], decimal)
    if value is None:
        return None
    unit = found["unit"] or found["word"] or found["before"] or ""
    value *= {"%": 0.01, "k": 1000.0}.get(unit.casefold(), 1.0)
    return (-value if found["sign"] in ("-", "−") else value), "" if unit == "k" else unit


def read_range(text: str, decimal: Decimal) -> tuple[float, float] | None:
    """Ends of a range of numbers, the lesser first, or None.

    Examples
    --------
    >>> read_range("14–16", "."), read_range("2,5 - 3", ","), read_range("5-3", "."), read_range("2024-05", ".")
    ((14.0, 16.0), (2.5, 3.0), None, None)
    """
    found = _RANGE.fullmatch(text.strip())
    ends = [parse_number(end, decimal) for end in found.groups()] if found else []
    if len(ends) != 2 or ends[0] is None or ends[1] is None or not ends[0] < ends[1] <= 3 * ends[0]:
        return None
    return ends[0], ends[1]


def _grouped(number: str, decimal: Decimal) -> float | None:
    """Number whose thousands may be set apart."""
    group = {".": ",", ",": "."}.get(decimal, "")
    bare = re.sub(r"[\s'’]", "", number)
    if group and re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+(\D\d+)?", bare):
        bare = bare.replace(group, "")
    elif not group and re.fullmatch(r"\d{1,3}([.,])\d{3}(\1\d{3})*", bare):
        bare = re.sub(r"[.,]", "", bare)
    return parse_number(bare, decimal)


def word_key(text: str) -> str:
    """What words are compared by; signs stay as they are.

    Examples
    --------
    >>> word_key(" Élevé "), word_key("−"), word_key("XL"), word_key("★★☆")
    ('eleve', '-', 'xl', '★★')
    """
    bare = re.sub(r"(?<=★)☆+$", "", text.strip()).replace("−", "-").replace("–", "-").replace("±", "+/-")
    return bare if not re.search(r"[^\W\d_]", bare) else plain(bare)


_AMOUNTS = frozenset(word for name in ("levels", "five levels", "sizes") for word in FAMILIES[name])
_KNOWN = frozenset(word for family in FAMILIES.values() for word in family)


@lru_cache(50_000)
def is_word(text: str) -> bool:
    """Whether a text is a word or sign that may stand for a score."""
    return word_key(text) in _KNOWN


def no_value(text: str) -> bool:
    """Whether a text says that there is no score.

    Examples
    --------
    >>> no_value("k. A."), no_value("NSP"), no_value("s/d"), no_value("不详"), no_value("5")
    (True, True, True, True, False)
    """
    bare = text.strip().casefold()
    return bare in _NONE or bare.replace(". ", ".") in _NONE


def are_amounts(words: Iterable[str]) -> bool:
    """Whether words say how much there is of something, rather than how good it is.

    Examples
    --------
    >>> are_amounts(["High", "very low"]), are_amounts(["XL", "S"]), are_amounts(["+", "-"]), are_amounts([])
    (True, True, False, False)
    """
    keys = {*map(word_key, words)}
    return bool(keys) and keys <= _AMOUNTS


def family_of(words: Iterable[str]) -> tuple[str, Mapping[str, float]] | None:
    """First family that knows all of these words, with its numbers; None where none does.

    Examples
    --------
    >>> family_of(["high", "low"])[0], family_of(["very high", "low"])[0], family_of(["s", "+", "-"])[0]
    ('levels', 'five levels', 'signs')
    >>> family_of(["high", "xl"]) is None
    True
    """
    wanted = {*words}
    return next(((name, family) for name, family in FAMILIES.items() if wanted <= family.keys()), None)
