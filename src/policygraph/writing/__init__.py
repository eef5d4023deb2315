"""What people are handed: a workbook, a page to print. Nothing here knows what a notice is."""
