"""Respondents in, estimates with their covariance out: the customers' own answers."""
