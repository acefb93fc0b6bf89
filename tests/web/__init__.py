"""What is tested of the surfaces."""
