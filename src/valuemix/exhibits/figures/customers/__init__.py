"""Figures of the Customer view."""
