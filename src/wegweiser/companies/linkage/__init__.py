"""Record linkage: which rows are one firm. Pure, and one way only: a row, two rows, what follows, the whole list.

- `row`: what one row says. `profiles.profile` makes of it all that the rest compares.
- `pair`: how two names go together (`fitting`, then `called`), what two rows share (`sharing`, `somebody`), and what
  tells two firms apart that look like one (`two_firms`, `remarked`) or one that looks like two (`itself`,
  `own_remarks`).
- `weighing`: what follows (`verdicts`): rules for what is certain (`certain`), weights for the rest (`odds`).
- `signs`: all of `pair` that two rows say, theme by theme, as the codes and the `Shared` that `weighing` judges by.
- `likeness.compare` asks all of them about two rows. `blocking` finds the pairs that are worth it, `grouping` gathers
  rows into firms as an import reads them.

`Likeness.evidence` tells why two rows were merged or kept apart; each of its codes is added in one place. Words for
trades, first names and the like stand in `row/words.toml`, the learned weights in `weighing/odds.toml`.
"""
