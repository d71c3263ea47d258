"""The money side of the demo district: guaranteed loans with what was repaid, and relief."""
