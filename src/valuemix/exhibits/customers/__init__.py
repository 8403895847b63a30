"""Exhibits of the Customer view."""
