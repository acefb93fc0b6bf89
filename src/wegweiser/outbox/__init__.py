"""Letters that must arrive: a row per mail, written in the transaction of its cause."""
