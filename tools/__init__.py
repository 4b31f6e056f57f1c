"""What the Makefile calls: installing, checking, testing. Nothing here runs in production."""
