// Placeholder so that every floor builds from the first commit.
