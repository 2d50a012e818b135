"""Files of answers: cells to columns, columns to questions and answers, faults listed.

`source.read` fetches a file's cells from a child; `taking.detect` says what it is taken for,
`taking.take` takes it, `taking.read` does both at once.
"""
