"""Exhibits of the Robustness page."""
