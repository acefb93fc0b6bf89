"""The beam "what we offer": one table of entries that search, matching, lists, feeds and exchange read."""
