"""Decisions held against a scenario: whether they still stand, what would reverse them, when to reopen them."""
