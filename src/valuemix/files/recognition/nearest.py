"""The shape that a table which cannot be read comes nearest to, with an example of it to look at."""

from __future__ import annotations

from collections.abc import Sequence

from valuemix.files.recognition.cells.words import Part, is_named
from valuemix.files.recognition.recognise import recognised
from valuemix.files.recognition.seen import SeenSheet
from valuemix.files.tables.reading.csv_tables import read_csv
from valuemix.files.tables.reading.tables import Table

__all__ = ["example_of", "nearest_shape"]

_EXAMPLES = {
    1: ",Speed,Care,Price\nWeight,50,30,20\nOffer A,7,8,5\nOffer B,6,9,4\n",
    2: "Criterion,Weight,Offer A,Offer B\nSpeed,50,7,6\nCare,30,8,9\nPrice,20,5,4\n",
    3: "Respondent,Segment,Offer,Speed,Care\n1001,Families,A,7,5\n1001,Families,B,4,8\n1002,Singles,A,6,4\n",
    4: "Feature,Reach,Impact,Confidence,Effort,RICE\nLogin,500,3,0.8,5,240\nDark mode,300,1,1,2,150\n",
    5: "Rater,Offer,Speed,Care\nAnn,Offer A,7,8\nAnn,Offer B,6,9\nBen,Offer A,5,7\nBen,Offer B,7,8\n",
    6: "Families,Weight,Offer A,Offer B\nSpeed,50,7,6\nCare,50,8,9\n",
    7: "Offer,Segment,Criterion,Score\nOffer A,Families,Speed,7\nOffer A,Families,Care,8\nOffer B,Families,Speed,6\n",
}
_TOLD: dict[Part, int] = {"rater": 5, "respondent": 3, "criterion": 2}
_PARTS: tuple[Part, ...] = (*_TOLD, "score")
_FACTORS = {"reach", "impact", "confidence", "effort", "job size", "cost of delay"}
_SEARCHED = 12


def nearest_shape(tables: Sequence[tuple[str, Table]]) -> int:
    """Shape of the seven, by the words in the first rows and the number of sheets.

    Examples
    --------
    >>> nearest_shape([("t", read_csv(b"Feature,Reach,Effort\\nLogin,many,few\\n", "t.csv"))])
    4
    """
    texts = {text.strip() for _, table in tables for row in table.rows[:_SEARCHED] for text in row.texts}
    words = texts - {""}
    if len(_FACTORS & {word.casefold() for word in words}) > 1:
        return 4
    parts = [part for part in _PARTS if any(is_named(part, word) for word in words)]
    if {"criterion", "score"} <= {*parts}:
        return 7
    told = [shape for part, shape in _TOLD.items() if part in parts]
    return told[0] if told else 6 if len(tables) > 1 else 1


def example_of(shape: int) -> SeenSheet:
    """A small table of a shape, with what each cell of it is.

    Examples
    --------
    >>> [cell.role for cell in example_of(1).rows[1][1]]
    ['weight', 'weight', 'weight', 'weight']
    """
    table = read_csv(_EXAMPLES[shape].encode(), "example.csv")
    return recognised([table], "example.csv").sheets()[0]
