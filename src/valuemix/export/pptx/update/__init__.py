"""A deck that people have edited: computed anew and compared, or brought up to date."""
