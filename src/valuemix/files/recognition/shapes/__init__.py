"""What a block is: a matrix of criteria and options, records, or a table beside them; totals prove it."""
