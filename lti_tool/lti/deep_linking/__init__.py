"""What a platform asks the picker for, and the answer (Deep Linking 2.0)."""
