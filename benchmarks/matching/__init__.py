"""The benchmark of the matching: labelled questions, the model centre's offers, and the figures."""
