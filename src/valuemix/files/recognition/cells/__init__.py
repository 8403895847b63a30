"""A sheet as it stands: its numbers and words, and the blocks with names at two sides."""
