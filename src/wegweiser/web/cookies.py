"""Names of cookies that more than one surface knows."""

COMPANY_COOKIE = "wegweiser_betrieb"  # holds the session of a firm's workspace
