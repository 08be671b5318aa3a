"""Stands in for the command `partnerwise`: answers at its port at once, and misbehaves as PARTNERWISE_FAKE says."""

import http.server
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

FAULTS = os.environ.get("PARTNERWISE_FAKE", "").split()


class Answer(http.server.BaseHTTPRequestHandler):
    """Answers every address with success."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


def main(command: str, *options: str) -> None:
    print(command, *options, os.environ["PARTNERWISE_BASE_URL"], os.environ["PARTNERWISE_DEMO_URL"], flush=True)
    if f"{command}-fails" in FAULTS:
        sys.exit("database or disk is full" if "full" in FAULTS else "the reason of its failure")
    if f"{command}-is-stubborn" in FAULTS:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if command == "worker":
        grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        note = Path(os.environ["PARTNERWISE_DATA_DIR"], "grandchild")
        note.with_suffix(".new").write_text(str(grandchild.pid))
        note.with_suffix(".new").rename(note)
        time.sleep(1 if "worker-dies" in FAULTS else 600)
        sys.exit("the worker's last words")
    if command in {"serve", "demo"}:
        port = int(options[options.index("--port") + 1])
        http.server.HTTPServer(("127.0.0.1", port), Answer).serve_forever()


main(*sys.argv[1:])
