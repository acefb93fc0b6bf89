"""What is tested of components and layout."""
