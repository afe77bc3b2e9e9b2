"""Signing services: small programs that do what such a program may do."""

import shlex
import sys
from pathlib import Path

BODIES = {
    "signs": """
        asked = json.load(sys.stdin)
        proof = hashlib.sha256(asked["text"].encode()).hexdigest()
        print(json.dumps({"service": "Prøveservice", "receipt": f"{asked['person']} {asked['name']} {proof}"}))
        """,
    "keeps": """
        open(sys.argv[1], "w").write(json.dumps({**json.load(sys.stdin), "environment": sorted(os.environ)}))
        print(json.dumps({"service": "s", "receipt": "r"}))
        """,
    "does_not_read": "print(json.dumps({'service': 's', 'receipt': 'r'}))",
    "hangs": "time.sleep(300)",
    "leaves_a_child": """
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        open(sys.argv[1], "w").write(str(child.pid))
        time.sleep(300)
        """,
    "ends_with_3": "print('ringer\\nintet \\x1b[31msvar', file=sys.stderr); sys.exit(3)",
    "dies": "os.kill(os.getpid(), 9)",
    "says_nothing": "pass",
    "says_garbage": "print('ja tak')",
    "says_a_list": "print('[1]')",
    "says_half": "print(json.dumps({'service': 's'}))",
    "says_more": "print(json.dumps({'service': 's', 'receipt': 'r', 'name': 'x'}))",
    "says_a_number": "print(json.dumps({'service': 's', 'receipt': 7}))",
    "says_blank": "print(json.dumps({'service': ' ', 'receipt': 'r'}))",
    "names_itself_at_length": "print(json.dumps({'service': 's' * 81, 'receipt': 'r'}))",
    "says_control_characters": "print(json.dumps({'service': 's', 'receipt': 'a\\u202eb'}))",
    "nests": "print('[' * 60_000)",
    "floods": """
        while True:
            sys.stdout.write("x" * 10_000)
        """,
    "floods_its_errors": """
        sys.stderr.write("e" * 1_000_000)
        sys.exit(1)
        """,
}


def program(folder: Path, name: str, *arguments: str) -> str:
    """The command line of one of these programs."""
    file = folder / f"{name} program.py"  # a name with a space, as folders may have
    lines = BODIES[name].strip("\n").splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    body = "\n".join(line[indent:] for line in lines)
    file.write_text(f"import hashlib, json, os, subprocess, sys, time\n{body}\n", encoding="utf-8")
    return shlex.join([sys.executable, str(file), *arguments])
