"""What a browser shows of an exhibit: its charts as HTML."""
