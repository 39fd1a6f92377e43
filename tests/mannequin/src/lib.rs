//! A rendered person with known joint angles: ground truth for the whole system.
