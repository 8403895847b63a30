"""Scenarios on disk: their file, the folder they share, history and drafts."""
