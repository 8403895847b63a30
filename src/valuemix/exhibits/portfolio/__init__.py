"""Exhibits of the best set of propositions under a budget."""
