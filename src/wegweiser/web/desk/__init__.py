"""The desk: what advisers, the management and the funder work with."""
