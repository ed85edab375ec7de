"""The fact desk: sign-in, the inbox, drafts and their approval; and the page on which readers propose corrections."""
