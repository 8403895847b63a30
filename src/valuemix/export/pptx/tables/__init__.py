"""Native tables of a deck: columns of every exhibit, made to fit, over several slides."""
