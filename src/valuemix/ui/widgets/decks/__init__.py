"""Parts of the Export page that are about decks."""
