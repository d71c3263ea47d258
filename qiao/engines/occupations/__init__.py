"""Occupations: the classification of 2022 as a tree, and a coder that reads free job titles."""

from __future__ import annotations

from qiao.engines.occupations.tree import Occupation, Tree, code_of, number_of, tree

__all__ = ["Occupation", "Tree", "code_of", "number_of", "tree"]
