"""What people do with a complaint: one engine, and a module of transitions for each role."""
