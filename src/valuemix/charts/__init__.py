"""Charts as data: marks with their texts as printed, and roles in place of colours."""
