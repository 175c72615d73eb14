"""The pages: which there are, what each shows, and how it looks. It knows no MkDocs."""
