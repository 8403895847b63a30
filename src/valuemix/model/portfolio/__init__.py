"""What a proposition takes and what it goes with, where a set of them is chosen."""
