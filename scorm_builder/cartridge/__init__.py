"""What goes into a Common Cartridge: plain pages, quizzes, topics and links."""
