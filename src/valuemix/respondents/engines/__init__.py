"""What reads tables of respondents: DuckDB on this machine, Spark beyond it; the same SQL and the same sums."""
