"""Files of other programs: .xls, .ods, .parquet and .sav, each read by a process of its own within limits."""
