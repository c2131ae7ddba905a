from . import websocket_patch
