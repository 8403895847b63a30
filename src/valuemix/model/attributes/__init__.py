"""Attributes: what a discipline is made of, each in a unit of its own, and the scores that they give."""
