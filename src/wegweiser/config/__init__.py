"""The house's installation: settings, addresses, the command, the worker and the demo."""
