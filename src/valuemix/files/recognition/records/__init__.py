"""Tables in which a row is a record: one score, one answer, one segment or criterion; what each column of them is."""
