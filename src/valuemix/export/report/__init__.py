"""The report: one HTML file with every finding."""
