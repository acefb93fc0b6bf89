"""What two rows have in common, and what speaks against their being one firm.

Names: `fitting` word by word; `called` with people, towns and former names; `spelt_otherwise`, `doers`, `slogans` for
words that only look different, `half_names` for words that only one has. What is shared: `sharing`, `somebody`,
`streets`, `phone_lines`, `signing_in`. Two that look like one: `two_firms`, `guilds`, `villages`, `remarked`,
`generations`. One that looks like two: `itself`, `own_remarks`, `left_behind`.
"""
