"""Sign-in and out, passwords, the throttle, mail, and what an expired session carries over."""
