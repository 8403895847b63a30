"""Exhibits of the Compare page."""
