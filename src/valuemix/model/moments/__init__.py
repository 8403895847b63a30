"""Moments in which a segment meets what is offered: their sheets, rules, and means over them."""
