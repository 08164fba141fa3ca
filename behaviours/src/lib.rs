//! Stories that cross the house, told against the real program in processes of its own: see `tests/`.
