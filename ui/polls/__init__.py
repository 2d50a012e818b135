"""The polls room: results first, then what they rest on."""
