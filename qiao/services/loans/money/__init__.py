"""What moves money: each function is one transaction that locks the loan first and the fund after it."""
