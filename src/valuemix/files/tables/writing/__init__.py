"""Sheets as this project writes them, and the template to fill in."""
