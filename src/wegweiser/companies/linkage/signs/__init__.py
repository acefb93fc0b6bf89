"""All that two rows say for and against their being one firm, as codes and as what is `Shared`.

`two_rows` finds how the names go together, who is at both and what leads from one to the other; `hints` whether
anything does. Each of the others asks one thing of that and tells its codes: `forms` of law, `names` (numbers,
directions and places in them), `branches`, `successors`, `sisters`, `trades`, `owners`, and `remarks`. `shared` is what
rules and weights ask for besides. A code is decided before it is told: none is taken back.
"""
