"""The ground floor: clock, money, actor, lifecycle, audit, addresses, jobs, errors. Imports nothing of the house."""
