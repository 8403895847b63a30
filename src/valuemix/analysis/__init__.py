"""Pure functions on scenarios and arrays, one file a question."""
