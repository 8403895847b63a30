"""Ground floor: what goes in. Scenario, its parts, its rules, its weights."""
