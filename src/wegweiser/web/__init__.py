"""The roof: surfaces over HTTP, without rules of their own."""
