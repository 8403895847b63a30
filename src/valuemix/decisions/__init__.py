"""Decisions on record: what was chosen on which numbers, what would reverse it, and whether it still stands."""
