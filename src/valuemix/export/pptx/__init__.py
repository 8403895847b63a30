"""Board decks in PowerPoint's own charts and tables."""

from valuemix.export.pptx.deck import make_deck

__all__ = ["make_deck"]
