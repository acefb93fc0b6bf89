"""How often one address may ask or send on the public site."""

from wegweiser.web.limits import allowed as allowed
from wegweiser.web.limits import allowed_for as allowed_for
from wegweiser.web.limits import opens_at as opens_at
from wegweiser.web.limits import refuse as refuse
from wegweiser.web.limits import too_many as too_many
from wegweiser.web.limits import waits as waits

# (requests, seconds): far above what a person does, far below what harms.
ASK = (60, 60)
SEND = (20, 600)
FILES = (10, 3600)  # messages with files: each may hold as much as a mail
