"""The meeting pack: papers taken in, everything bound into one PDF with its page numbers."""
