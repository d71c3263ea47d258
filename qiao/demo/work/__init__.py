"""The work side of the demo district: employers, outlets, posts, placements and the fair, as they really were."""
