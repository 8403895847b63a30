"""The engine checks itself: published examples, computed anew."""
