"""What tables of our own names say: headers, cells, scores, parts and settings, put together to a scenario."""
