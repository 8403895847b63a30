"""Decisions that are planned, and what each would change: their sheet and its rules."""
