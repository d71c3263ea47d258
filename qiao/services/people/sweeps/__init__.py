"""What a machine looks for in the night and a person then settles: duplicates, and patterns honest work hardly makes."""
