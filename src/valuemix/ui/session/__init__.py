"""What one browser tab holds: what is edited, saved and looked at."""
