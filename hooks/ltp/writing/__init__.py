"""What editors write, read before anybody opens it: pictures, links, headings, tables, words."""
