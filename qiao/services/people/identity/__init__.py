"""Who somebody is: the number at rest, the keys a search goes by, the age on a day."""
