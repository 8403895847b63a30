"""What a weight, a score or a dial would change: sweeps, flips, break-evens, levers."""
