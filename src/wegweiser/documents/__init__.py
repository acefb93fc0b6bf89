"""Letters, reports and spreadsheets: pure functions from values to bytes, knowing no model and no page."""
