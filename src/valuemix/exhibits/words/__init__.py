"""Words and numbers of sentences: one rule each for all exhibits."""
