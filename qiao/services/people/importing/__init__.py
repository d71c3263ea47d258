"""How the staged rows of a people roster become records: matching, status, household and hardship, in sets."""
