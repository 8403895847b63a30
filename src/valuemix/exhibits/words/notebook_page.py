"""What a notebook shows: one sentence, a small table and small print; nothing in it is markup from data."""

from __future__ import annotations

import html

import pandas as pd

from valuemix.exhibits.words.formats import number

__all__ = ["MOST_ROWS", "page"]

MOST_ROWS = 20
_NO_FORMULAS = "tex2jax_ignore mathjax_ignore"
"""Classes by which notebooks leave dollar signs in names alone."""


def page(sentence: str, frame: pd.DataFrame, *small: str, decimals: int = 2) -> str:
    """HTML of a sentence, the first rows of a table, and small print.

    Parameters
    ----------
    sentence : str
        What the table says, plain text.
    frame : DataFrame
        The table.
    *small : str
        Further lines, plain text.
    decimals : int
        Of the numbers in the table.

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
        index=False, escape=True, border=0, na_rep="–", float_format=lambda value: number(value, decimals)
    )
    foot = "".join(f"<p><small>{html.escape(line)}</small></p>" for line in lines)
    return f'<div class="{_NO_FORMULAS}"><p><strong>{html.escape(sentence)}</strong></p>{table}\n{foot}</div>'
