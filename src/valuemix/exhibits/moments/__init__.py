"""Exhibits of when and where: who leads in which moment, the journey, where a point returns most."""
