"""Parts of the Decide page, and what every page says of decisions."""
