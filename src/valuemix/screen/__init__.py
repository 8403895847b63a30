"""What a browser shows of an exhibit: its chart as a figure, tables as HTML."""
