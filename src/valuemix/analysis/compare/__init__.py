"""Scenarios side by side: what changed, by which inputs, and what a choice may cost."""
