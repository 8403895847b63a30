"""Reasons: why a score stands as it does, who says so, and since when."""
