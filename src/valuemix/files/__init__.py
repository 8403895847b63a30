"""Files in and out: scenarios as JSON, tables from workbooks and csv, the template."""
