"""What was brought in and is not imported yet."""
