"""Tables in and out: workbooks, csv, the template and grids."""
