"""Runs the commands of the AWS CLI that it reads from standard input, one JSON object a line, and writes the result of each as a line.

Each command has a process of its own, with its own environment. To fork it takes a fraction of the time that Python takes to import the AWS CLI.
"""

import json
import os
import selectors
import sys
import traceback

from awscli.clidriver import main

# the import sets it, so that the AWS CLI finds its own data
DATA = {"AWS_DATA_PATH": os.environ["AWS_DATA_PATH"]}
STDIN, STDOUT, STDERR = 0, 1, 2
MOST = 65_536


class Commands:
    def __init__(self):
        self.selector = selectors.DefaultSelector()
        self.selector.register(STDIN, selectors.EVENT_READ)
        self.unread = b""

    def serve(self):
        """Ends when nobody can send a command any more."""
        while True:
            for key, _ in self.selector.select():
                if key.fd != STDIN:
                    self.continue_command(key.fd, key.data)
                elif not self.read_commands():
                    return

    def read_commands(self):
        data = os.read(STDIN, MOST)
        *lines, self.unread = (self.unread + data).split(b"\n")
        for line in lines:
            self.start(json.loads(line))
        return data

    def start(self, command):
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            run(command, writing)
        os.close(writing)
        self.selector.register(reading, selectors.EVENT_READ, (command["id"], process, []))

    def continue_command(self, reading, running):
        number, process, output = running
        data = os.read(reading, MOST)
        if data:
            output.append(data)
            return
        self.selector.unregister(reading)
        os.close(reading)
        _, status = os.waitpid(process, 0)
        text = b"".join(output).decode(errors="replace")
        print(json.dumps({"id": number, "code": os.waitstatus_to_exitcode(status), "output": text}), flush=True)


def run(command, writing):
    """Ends this process with the result of a command, which has no input."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), STDIN)
    os.dup2(writing, STDOUT)
    os.dup2(writing, STDERR)
    os.environ.clear()
    os.environ.update(command["environment"] | DATA)
    sys.argv = ["aws", *command["arguments"]]
    code = 1
    try:
        code = main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(bool(code)))


if __name__ == "__main__":
    Commands().serve()
