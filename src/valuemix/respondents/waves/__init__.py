"""Waves: the same survey again, and what its estimates have in common with those before."""
