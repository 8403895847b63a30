"""What a deck is built on: the plain presentation or a company's template, checked."""
