"""Values: scores weighed and put together, for a segment and over all of them."""
