"""Personal data: what is to go and when, who agreed to what, everything held of one person."""
