"""A file in: workbooks and csv as tables of text, looked through with bounds first."""
