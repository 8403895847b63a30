"""Exhibits as JSON documents of the command line."""
