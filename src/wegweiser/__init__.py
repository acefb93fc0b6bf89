"""Wegweiser: the open platform a competence centre for digitalising small and medium enterprises runs on."""
