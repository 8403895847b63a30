"""Figures of exhibits in Plotly."""
