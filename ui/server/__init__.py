"""An office on a server: how it is reached, who is signed in, what is said when it is gone."""
