"""How results show themselves in a notebook: one sentence, and a small table; nothing in it is markup from data."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pandas as pd

__all__ = ["MOST_ROWS", "names_joined", "page", "percent"]

MOST_ROWS = 20
_NO_FORMULAS = "tex2jax_ignore mathjax_ignore"
"""Classes by which notebooks leave dollar signs in names alone."""


def page(sentence: str, frame: pd.DataFrame, *small: str) -> str:
    """HTML of a sentence, the first rows of a table, and small print.

    Parameters
    ----------
    sentence : str
        What the table says, plain text.
    frame : DataFrame
        The table; numbers are shown with two decimals.
    *small : str
        Further lines, plain text.

    Examples
    --------
    >>> print(page("R&D has the highest value", pd.DataFrame({"<b>": [1.0]}), "Source: us"))
    <div class="tex2jax_ignore mathjax_ignore"><p><strong>R&amp;D has the highest value</strong></p><table ...
      <thead>
        <tr style="text-align: right;">
          <th>&lt;b&gt;</th>
    ...
    <p><small>Source: us</small></p></div>
    """
    left = len(frame) - MOST_ROWS
    lines = [*small, *([f"{left:,} more rows"] if left > 0 else [])]
    table = frame.head(MOST_ROWS).to_html(
        index=False, escape=True, border=0, na_rep="–", float_format=lambda value: f"{value:.2f}"
    )
    foot = "".join(f"<p><small>{html.escape(line)}</small></p>" for line in lines)
    return f'<div class="{_NO_FORMULAS}"><p><strong>{html.escape(sentence)}</strong></p>{table}\n{foot}</div>'


def percent(share: float) -> str:
    """Share as a percentage that never rounds to certain or impossible.

    Examples
    --------
    >>> percent(0.5), percent(0.9999), percent(1.0), percent(1e-6), percent(float("nan"))
    ('50.0 %', '>99.9 %', '100 %', '<0.1 %', '–')
    """
    if share in (0.0, 1.0):
        return f"{share * 100:.0f} %"
    if share != share:
        return "–"
    bounded = min(max(share, 0.001), 0.999)
    return f"{'<' if share < bounded else '>' if share > bounded else ''}{bounded * 100:.1f} %"


def names_joined(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    Examples
    --------
    >>> names_joined(["A"]), names_joined(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
