"""Sums of the rows of respondents: what can be added to that of other parts of a table."""
