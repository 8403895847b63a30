"""Exhibits of the Trade-offs page."""
