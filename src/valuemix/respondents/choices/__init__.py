"""Observed choices of respondents: the sets, and what they say of the sensitivity of preferences to value."""
