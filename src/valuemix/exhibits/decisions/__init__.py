"""Exhibits of a decision: what it is on one page, and what would reverse it."""
