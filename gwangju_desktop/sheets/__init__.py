"""Published spreadsheets: any file to cells, cells to lines, lines to what they say."""
