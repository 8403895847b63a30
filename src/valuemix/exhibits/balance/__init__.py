"""Exhibits of the Balance page."""
