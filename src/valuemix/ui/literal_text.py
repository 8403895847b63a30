"""Names from data on screen: shown literally, whatever they hold."""

from __future__ import annotations

import re
import string
import unicodedata

__all__ = ["literal"]

# A backslash before each mark; commas and hyphens inside words do nothing and are spared, for
# screen readers read the backslashes of labels.
_MARK = re.compile(rf"(?!,|(?<=[^\W_])-(?=[^\W_]))[{re.escape(string.punctuation)}]")
# What Streamlit turns into links, icons, emoji and arrows after it has taken the backslashes away:
# ://, @, www., :name:, ->, <-, <->, --, >=, <=, ~=.
_LIVE = re.compile(r":(?=//|[\w+-]+:)|(?=@)|www(?=\.)|(?<!\S)[-<>~](?=-?[->=](?!\S))", re.IGNORECASE)
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
        With a backslash before each punctuation mark that could take effect, blanks for control characters, and an
        invisible word joiner inside addresses, icon names and arrows, which have to stay text.

    Examples
    --------
    >>> print(literal("*Save* $5 [now](x) :red[!]"))
    \\*Save\\* \\$5 \\[now\\]\\(x\\) \\:red\\[\\!\\]
    """
    kept = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    kept = _LIVE.sub(lambda found: found[0] + _WORD_JOINER, kept)
    return _MARK.sub(lambda mark: "\\" + mark[0], kept)
