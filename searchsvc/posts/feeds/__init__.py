"""Files that hold many posts at once: feeds, and what content systems export."""
