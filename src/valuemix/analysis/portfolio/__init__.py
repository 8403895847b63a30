"""Sets of propositions under a budget: the best, the frontier, the core, and whom a set leaves out."""
