"""The verbs on posts, referrals and placements. Each is one transaction."""
