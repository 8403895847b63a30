"""Exhibits of the operating model: what is spent on each discipline, and what the firm is able to do."""
