"""The commands, one module each. They import Django only when they run, so that --help is quick."""
