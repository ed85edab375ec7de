"""The live stream of a meeting: server-sent events that say which entry came, never what stands in it.

Pure ASGI, beside Django. `stream` answers one reader, `hub` reads the journal once for all of them, `events`
writes the bytes, `messages` holds the few words of ASGI that these and the dispatcher share.
"""
