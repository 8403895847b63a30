"""A slide and what stands on it: title, text, footer, ground and colours."""
