"""Exhibits: one finding each, with its table and its chart."""
