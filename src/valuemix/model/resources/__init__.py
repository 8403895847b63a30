"""What the firm spends on each discipline, and what it is able to do: their sheets and rules."""
