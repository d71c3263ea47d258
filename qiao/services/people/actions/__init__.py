"""Verbs that change more than one record. Each is one transaction and refuses in words."""
