"""Exhibits of what respondents said."""
