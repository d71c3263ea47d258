"""A district like the one of the 2006 work report, written as the files that such a district would hold."""
