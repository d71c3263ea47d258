"""Qiao: full-employment communities as software."""
