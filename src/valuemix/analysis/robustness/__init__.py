"""How often each proposition takes each rank, exactly where that can be, else by draws."""
