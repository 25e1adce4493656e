"""What people do, in a real browser: a package, so that its processes end with its last test."""
