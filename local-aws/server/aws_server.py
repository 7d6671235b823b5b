"""moto's server, behind a front door."""
import threading

import services
from front_door import FrontDoor
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler
from werkzeug.serving import make_server


def serve():
    """Serve AWS on a free port, and return the port."""
    application = FrontDoor(DomainDispatcherApplication(services.create))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port
