"""Letters, reports, spreadsheets and charts: pure functions from values to bytes, knowing no model and no page."""
