"""Draws of what is in doubt: points of the simplex, scores, values, and their tallies."""
