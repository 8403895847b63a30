"""Any table that people have, recognised: which line is what, by evidence, and said in plain sentences."""
