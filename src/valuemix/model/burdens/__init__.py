"""Burdens in their own units: their sheets, rules, and means over moments."""
