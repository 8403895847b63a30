"""From what was recognised to a scenario: blocks joined, criteria scaled, grouped or turned into sums."""
