"""The frame around every page: session, transactions, errors, languages, layout and built browser parts."""
