"""Who we are: the centre, its partners, topics, staff and roles. Roles and memberships have dates."""
