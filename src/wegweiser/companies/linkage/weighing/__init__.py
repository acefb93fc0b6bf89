"""What follows from all that two rows share: one firm, two, or a question to a person (docs/decisions, 0057).

`evidence` is what there is to judge by, `certain` and `other_words` are rules, `odds` the weights,
`hindrances` what keeps them from deciding, `verdicts` the end.
"""
