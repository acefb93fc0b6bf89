"""What one row of a list says of a firm.

The words themselves: `vocabulary` (lists), `stems`, `trades` (what is done), `sounds` (names by ear), `lost_letters`,
`names_apart` (two names that look alike). The cells: `names` and `forms`, `registers`, `people`, `births` and `staff`,
`written_addresses` and `whereabouts`. The remark: `asides` (called otherwise, not another), `moves`, `other_firms`
(speaks of another firm), `colleagues`, `said_of_itself`, `told_contacts`. All of it together: `profiles`;
what leads two rows together: `blocks`.
"""
