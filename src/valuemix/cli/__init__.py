"""The command line: the same functions without a screen.

Results go to standard output, messages to standard error. A user's mistake is one readable
message and exit status 1, never a traceback.
"""

# Importing them adds their commands.
from valuemix.cli import commands, decisions, decks, exports, imports, surveys  # noqa: F401
from valuemix.cli.shared import main

__all__ = ["main"]
