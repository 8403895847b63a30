"""Which shape of a deck shows which exhibit, and what the deck was made from."""
