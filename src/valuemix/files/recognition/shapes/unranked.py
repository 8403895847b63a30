"""Tables with nothing to rank: ledgers, stock lists and values over time, told by their heads and their names."""

from __future__ import annotations

import re

from valuemix.errors import shorten
from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.lines import Lines
from valuemix.files.recognition.cells.times import are_times
from valuemix.files.recognition.cells.words import is_named, plain
from valuemix.files.recognition.reading import Reading

__all__ = ["why_unranked"]

_BOOKED = re.compile(
    r"(invoice|order|transaction|booking|payment|receipt|posting|entry|document|ledger|journal|voucher|"
    r"rechnung|rechnungsnummer|buchung|beleg|auftrag|facture|commande|ecriture|factura|pedido|fattura)"
    r"s?( (no|nr|id|number|date|datum|code|ref))?|(buchungs|beleg|rechnungs|auftrags)\w+|date|datum|fecha|data"
)
_AMOUNTS = re.compile(
    r"amount|amounts|net amount|gross amount|line total|qty|quantity|unit price|vat|vat rate|tax|sales tax|balance|"
    r"debit|credit|stock|in stock|on hand|inventory|units sold|purchase price|"
    r"betrag|menge|einzelpreis|stuckpreis|mwst|ust|saldo|soll|haben|bestand|lagerbestand|einkaufspreis|"
    r"montant|quantite|prix unitaire|tva|solde|importe|cantidad|precio unitario|iva|importo|quantita|prezzo unitario"
)
_PLANNED = {
    "plan": r"^(plan|planned|budget|budgeted|forecast|soll|prevu|presupuesto|previsto)\b",
    "actual": r"^(actual|actuals|ist|spent|reel|realise|real|effettivo)\b",
    "apart": r"^(deviation|variance|difference|diff|delta|abweichung|differenz|ecart|desviacion|scostamento)\b",
}
_LEAST = 4
_SEVERAL = 2


def why_unranked(frame: Frame, given: Reading, *, is_matrix: bool = True) -> str:
    """Why nothing in a table can be ranked, in the owner's words; blank where something may be.

    A table with a line of weights, or of which the owner said what its rows and columns are, is ranked;
    a matrix whose rows are people is not.
    """
    said = given.shape or given.columns_are or "option" in given.roles.values()
    return "" if said else _why_relation(frame) or _why_unweighted(frame, is_matrix=is_matrix)


def _why_unweighted(frame: Frame, *, is_matrix: bool) -> str:
    """Why nothing in a table without weights can be ranked."""
    if any(map(_has_weights, (frame.rows, frame.columns))):
        return ""
    return (
        (_why_people(frame) if is_matrix else "")
        or _why_ledger(frame)
        or _why_plan(frame.columns)
        or _why_times(frame.rows, "rows")
        or _why_times(frame.columns, "columns")
    )


def _has_weights(lines: Lines) -> bool:
    """Whether a line is called weight, or the names have shares."""
    return bool(lines.weights) or any(is_named("weight", name) for name in lines.names.values())


def _why_people(frame: Frame) -> str:
    """That the rows are people, by what heads their names, or by names that come again."""
    corner = frame.rows.corner
    if not is_named("respondent", corner) or plain(corner) == "id":
        return _why_again(frame)
    return "its rows are people who answered, and no column says what they rated: they are not options"


def _why_again(frame: Frame) -> str:
    """That few names come again in the rows, as traits of people do and options do not."""
    names = [frame.rows.names[row] for row in frame.rows.places]
    if len(names) < _LEAST or not frame.rows.come_again:
        return ""
    often = max(names, key=names.count)
    times = names.count(often)
    return (
        f"its rows come again under few names ({shorten(often)} {times} times), so that these are not options"
    )


def _why_relation(frame: Frame) -> str:
    """That rows and columns have the same names, as the roof of a house of quality has, or a comparison in pairs."""
    texts, first = frame.grid.texts, min(frame.columns.places, default=0)
    columns = {*texts[frame.header].tolist()} - {""}
    rows = {*texts[frame.header + 1 :, :first].ravel().tolist()} - {""}
    if len(columns) < _LEAST or len(rows & columns) < len(columns) - 1:
        return ""
    return "its rows and columns have the same names: how these go together is nothing to choose"


def _why_ledger(frame: Frame) -> str:
    """That the heads are those of amounts that were booked or are in stock."""
    heads = [text for text in frame.grid.texts[frame.header].tolist() if text]
    amounts = [head for head in heads if _AMOUNTS.fullmatch(plain(head))]
    if not amounts:
        return ""
    booked = [head for head in heads if _BOOKED.fullmatch(plain(head)) or _is_dated(frame, head)]
    is_booked = booked and len(frame.rows.places) >= _LEAST
    if len(amounts) < _SEVERAL and not is_booked:
        return ""
    listed = ", ".join(repr(shorten(head)) for head in dict.fromkeys([*booked, *amounts]))
    return f"its columns {listed} are those of a ledger or a stock list, in which a row is nothing to choose"


def _why_plan(columns: Lines) -> str:
    """That all columns are a plan, what came of it, and how far the two are apart."""
    heads = [columns.names[c] for c in columns.places]
    kinds = {next((kind for kind, said in _PLANNED.items() if re.search(said, plain(h))), "") for h in heads}
    if "" in kinds or not kinds >= {"plan", "actual"}:
        return ""
    listed = ", ".join(repr(shorten(head)) for head in heads)
    return f"its columns {listed} set a plan against what came of it, in which a row is nothing to choose"


def _why_times(lines: Lines, side: str) -> str:
    """That the names on a side are dates, months or years."""
    called = [lines.names[line] for line in lines.places]
    if not are_times(called):
        return ""
    first, *_, last = (name for name in called if are_times([name] * _LEAST))
    return f"its {side} are points in time ({shorten(first)} to {shorten(last)}), not options"


def _is_dated(frame: Frame, head: str) -> bool:
    """Whether the cells below a head are dates."""
    texts = frame.grid.texts[frame.header].tolist()
    cells = [text for text in frame.grid.texts[frame.header + 1 :, texts.index(head)].tolist() if text]
    return are_times(cells)
