"""Native charts of a deck: one file a form, all made of the stacked `bars` or the `scatter` of lines and points.

Colours are places in the theme, plots stand at fixed places, every text is a label that names what
it stands beside, and the workbook inside a chart holds the exhibit's numbers in full precision.
"""
