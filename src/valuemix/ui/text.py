"""Names from data on screen: shown literally, whatever they hold."""

from __future__ import annotations

import string
import unicodedata

__all__ = ["literal"]

_PUNCTUATION = frozenset(string.punctuation)
# Streamlit links bare addresses; a word joiner inside them keeps them plain text.
_WORD_JOINER = "\u2060"


def literal(text: str) -> str:
    """Text that Markdown shows exactly as it stands: no emphasis, link, icon, colour or formula.

    Parameters
    ----------
    text : str
        Anything from a file or a person.

    Returns
    -------
    str
        With a backslash before each punctuation mark, control characters left out, and web
        and mail addresses broken so that they are not linked.

    Examples
    --------
    >>> print(literal("*Save* $5 [now](x) :red[!]"))
    \\*Save\\* \\$5 \\[now\\]\\(x\\) \\:red\\[\\!\\]
    """
    kept = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    for mark in ("://", "@", "www."):
        kept = kept.replace(
            mark, mark[:-1] + _WORD_JOINER + mark[-1] if len(mark) > 1 else _WORD_JOINER + mark
        )
    return "".join("\\" + c if c in _PUNCTUATION else c for c in kept)
