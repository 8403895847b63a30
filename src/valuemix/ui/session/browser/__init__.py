"""What a browser tells and keeps: its clock, cookies, who sits before it, and the address of a page."""
