"""The documents of the office: what each is called, what it is about, how it is composed."""
