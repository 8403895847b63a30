"""HTML of tables, and of the parts that pages are made of."""
