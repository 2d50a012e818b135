"""What is printed of decisions: the decision sheet, the comparison, ballot sheets, the register."""
