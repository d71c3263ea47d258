"""Pure computing: plain values in, plain values out; no Django, no database."""
