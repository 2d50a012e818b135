"""Files of answers: cells to columns, columns to questions and answers, faults listed."""
