"""A client of the Python package websockets: it shares no code with Tickwire.

Usage: websockets_client.py <url> <alive|mute> <ms>
"alive" answers pings and leaves after <ms>, once it has seen enough; "mute" says hello and nothing more. Prints one line of
JSON at its end.
"""
import asyncio
import json
import sys
import time

import websockets

ENOUGH = {"update": 5, "candles": 2, "ping": 2}


async def main(url: str, manner: str, span_ms: int) -> None:
    report = {"counts": {}, "lastPrices": {}}
    enough_at = time.monotonic() + span_ms / 1000
    offered = ["tickwire.v2.json", "tickwire.v1.json"]
    async with websockets.connect(url, subprotocols=offered, ping_interval=None) as socket:
        report["protocol"] = socket.subprotocol
        await socket.send(json.dumps({"type": "hello", "client": "websockets"}))
        if manner == "alive":
            symbols = ["600519.SH", "000001.SZ"]
            channels = ["quote", "candle"]
            await socket.send(json.dumps({"type": "subscribe", "id": 1, "symbols": symbols, "channels": channels}))
        try:
            async for text in socket:
                message = json.loads(text)
                kind = message["type"]
                report["counts"][kind] = report["counts"].get(kind, 0) + 1
                for quote in message.get("quotes", []):
                    if "lastPrice" in quote:
                        report["lastPrices"][quote["symbol"]] = quote["lastPrice"]
                if kind == "ping" and manner == "alive":
                    await socket.send(json.dumps({"type": "pong", "pingTimeMs": message.get("timeMs")}))
                has_enough = all(report["counts"].get(kind, 0) >= count for kind, count in ENOUGH.items())
                if manner == "alive" and has_enough and time.monotonic() >= enough_at:
                    await socket.close(1000, "seen enough")
        except websockets.ConnectionClosed:
            pass
        report["code"] = socket.close_code
        report["reason"] = socket.close_reason
    print(json.dumps(report))


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
