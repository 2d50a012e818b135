"""The public site: static pages in Korean and English, made from a verified public copy alone."""
