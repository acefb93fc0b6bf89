"""Lists of firms as people keep them: read, mapped to our fields and cleaned. Pure: no database, no requests."""
