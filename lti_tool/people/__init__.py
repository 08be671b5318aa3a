"""Who is in the room: contexts, resource links, users, memberships and school teams."""
