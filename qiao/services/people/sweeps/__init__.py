"""What a machine looks for in the night and a person settles: duplicates, and patterns hardly ever honest."""
