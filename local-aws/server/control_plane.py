"""One Kubernetes per EKS cluster: the program in control-plane/, run as API server, controller manager, scheduler and kubelet."""
import base64
import json
import os
import shutil
import ssl
import subprocess
import tempfile
import time

import urllib3

import admission
import guard
import iam_authentication
import images
import pod_identity_webhook
from addons import Addons
from certificates import Authority, new_key, private_pem, public_pem
from loopback import ReservedPort, serve_json
from nodes import Nodes
from pod_identity import PodIdentity

CONTROL_PLANE = os.environ.get("CONTROL_PLANE")
CONTROLLERS = ["serviceaccount", "root-ca-certificate-publisher", "namespace", "garbage-collector", "job", "cronjob", "deployment",
               "replicaset", "pod-garbage-collector", "node-lifecycle", "ttl-after-finished"]


class ApiError(Exception):
    """An error response of the API server."""

    def __init__(self, attempt, status):
        super().__init__(f"{attempt} failed: {status}")
        self.status = status


class ControlPlane:
    def __init__(self, name, issuer, region, access):
        self.name, self.issuer, self.region, self.access = name, issuer, region, access
        self.processes = {}
        self.nodes = Nodes(self._run_nodes)
        self.dir = tempfile.mkdtemp(prefix="control-plane-")
        self._port = ReservedPort()
        self.endpoint = f"https://127.0.0.1:{self._port.number}"
        self.admin_token = guard.new_secret()
        authority, clients = Authority("local-eks"), Authority("local-eks-kubelet-clients")
        self.ca = base64.b64encode(authority.pem).decode()
        # kept connections, because the webhook of pods asks for each one, and on EKS it has a cache
        tls = ssl.create_default_context(cadata=authority.pem.decode())
        # the API server may close a kept connection at the moment of its reuse: what can be repeated is sent once more
        retries = urllib3.Retry(connect=0, read=1, redirect=0, other=0)
        self._api = urllib3.HTTPSConnectionPool("127.0.0.1", self._port.number, maxsize=32, retries=retries, timeout=10, ssl_context=tls)
        self._write_keys(authority, clients)
        self.kubeconfig = self._write_kubeconfig("kubeconfig", self.endpoint, {"token": self.admin_token}, authority.pem)
        review = serve_json(self._review, self._at("tls.crt"), self._at("tls.key"))
        self._webhook = self._write_kubeconfig("webhook.json", f"https://127.0.0.1:{review.port}/", {"token": review.secret}, authority.pem)
        self.pod_identity = PodIdentity(issuer, region, self._annotations, self._all_annotations)
        self.addons = Addons(self.pod_identity)
        self._pods = serve_json(self.pod_identity.webhook.review, self._at("tls.crt"), self._at("tls.key"))
        self._write_json("pods.json", admission.webhook_users(self._pods))
        self._write_json("admission.json", admission.configuration(self._at("pods.json")))

    def start(self):
        self.start_api_server()
        self._run("kube-controller-manager", [
            f"--kubeconfig={self.kubeconfig}", f"--service-account-private-key-file={self._at('sa.key')}", f"--root-ca-file={self._at('ca.crt')}",
            "--use-service-account-credentials=false", "--leader-elect=false", "--secure-port=0", "--profiling=false",
            "--controllers=" + ",".join(controller + "-controller" for controller in CONTROLLERS)])
        self._run("kube-scheduler", [f"--kubeconfig={self.kubeconfig}", "--leader-elect=false", "--secure-port=0", "--profiling=false"])
        self.request("POST", "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
                     pod_identity_webhook.configuration(self._pods.port, self.ca))

    def await_nodes(self):
        """Waits until the nodes are ready, and those that are removed are gone."""
        if "kubelet" in self.processes and not self._comes_up("kubelet", "/api/v1/nodes", lambda answer: are_ready(json.loads(answer)["items"], self.nodes.names())):
            self._fail("kubelet")

    def _run_nodes(self, nodes):
        """Tells the kubelet, one process for the whole cluster, which nodes there are from now on."""
        if "kubelet" not in self.processes:
            self._run("kubelet", [], KUBECONFIG=self.kubeconfig, TLS_CERT=self._at("tls.crt"), TLS_KEY=self._at("tls.key"),
                      CLIENT_CA=self._at("kubelet-clients.crt"), IMAGES=json.dumps(images.known()))
        given = json.loads(os.environ["POD_ENV"])
        wanted = [{"node": node.manifest(), "podEnv": given + [f"{name}={value}" for name, value in environment.items()]} for node, environment in nodes]
        kubelet = self.processes["kubelet"]
        kubelet.stdin.write(json.dumps(wanted).encode() + b"\n")
        kubelet.stdin.flush()

    def check(self):
        """Raises RuntimeError if a component has ended by itself."""
        for component, process in self.processes.items():
            if process.poll() is not None:
                raise RuntimeError(f"{component} has ended; the end of its log:\n{self._end_of_log(component)}")

    def start_api_server(self):
        self._run("kube-apiserver", [
            f"--secure-port={self._port.number}", "--permit-port-sharing", "--bind-address=127.0.0.1", f"--tls-cert-file={self._at('tls.crt')}",
            f"--tls-private-key-file={self._at('tls.key')}", f"--service-account-key-file={self._at('sa.pub')}",
            f"--service-account-signing-key-file={self._at('sa.key')}", f"--service-account-issuer={self.issuer.url}",
            "--api-audiences=https://kubernetes.default.svc", f"--token-auth-file={self._at('tokens.csv')}",
            f"--authentication-token-webhook-config-file={self._webhook}", "--authentication-token-webhook-cache-ttl=0s",
            "--anonymous-auth=false", "--profiling=false", f"--admission-control-config-file={self._at('admission.json')}",
            f"--kubelet-client-certificate={self._at('kubelet-client.crt')}", f"--kubelet-client-key={self._at('kubelet-client.key')}",
            f"--kubelet-certificate-authority={self._at('ca.crt')}",
            # EKS decides on its access policies in an authorizer of its own, too. Unlike role bindings, that needs no namespace to exist, and
            # changes at once. The effects of it are documented: `kubectl auth can-i --list` does not show access policies, for example.
            "--authorization-mode=RBAC,Webhook", f"--authorization-webhook-config-file={self._webhook}", "--authorization-webhook-version=v1",
            "--authorization-webhook-cache-authorized-ttl=0s", "--authorization-webhook-cache-unauthorized-ttl=0s",
            "--service-cluster-ip-range=10.100.0.0/16", "--kubelet-preferred-address-types=InternalIP"])
        if not self._comes_up("kube-apiserver", "/readyz", lambda answer: answer == b"ok"):
            self._fail("kube-apiserver")

    def kill_api_server(self):
        process = self.processes.pop("kube-apiserver")
        process.kill()
        process.wait()

    def _run(self, component, arguments, **environment):
        """A component ends when its standard input closes, so it never outlives this process. Every user can see its arguments: no secrets in them."""
        with open(self._at(component + ".log"), "ab") as log:
            self.processes[component] = subprocess.Popen(
                [CONTROL_PLANE, component, *arguments], stdin=subprocess.PIPE, stdout=log, stderr=log,
                env=os.environ | {"DATA_DIR": self.dir} | environment)

    def stop(self):
        self.pod_identity.stop()
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            self._end(process)
        self.nodes.stop()
        self._api.close()
        self._port.release()
        shutil.rmtree(self.dir, ignore_errors=True)

    def request(self, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.admin_token}", "Content-Type": "application/json"}
        answer = self._api.request(method, path, body=body and json.dumps(body), headers=headers)
        if answer.status >= 400:
            raise ApiError(f"{method} {path}", answer.status)
        return answer.data

    def _review(self, review):
        """Answers the API server, which asks who has a token and what they can do."""
        if review["kind"] == "SubjectAccessReview":
            return review | {"status": {"allowed": self.access.allows(review["spec"])}}
        try:
            session = iam_authentication.session_of_token(review["spec"]["token"], self.name)
            user = self.access.user_of(session, self._config_map("kube-system", "aws-auth") if self.access.has_config_map else None)
            return review | {"status": {"authenticated": True, "user": user}}
        except Exception as error:  # a token with any error authenticates nobody
            return review | {"status": {"authenticated": False, "error": str(error)}}

    def _config_map(self, namespace, name):
        """The data of a ConfigMap, or None."""
        found = self._found(f"/api/v1/namespaces/{namespace}/configmaps/{name}")
        return found and found.get("data")

    def _annotations(self, namespace, name):
        found = self._found(f"/api/v1/namespaces/{namespace}/serviceaccounts/{name}")
        return found["metadata"].get("annotations", {}) if found else {}

    def _all_annotations(self):
        accounts = json.loads(self.request("GET", "/api/v1/serviceaccounts"))["items"]
        return {(of["namespace"], of["name"]): of.get("annotations", {}) for of in (account["metadata"] for account in accounts)}

    def _found(self, path):
        """The object at a path, or None."""
        try:
            return json.loads(self.request("GET", path))
        except ApiError as error:
            if error.status != 404:
                raise
            return None

    def _comes_up(self, component, path, is_up):
        """Whether the API server reports the component within five minutes; False as soon as the component has ended."""
        for _ in range(2400):
            if self.processes[component].poll() is not None:
                return False
            try:
                if is_up(self.request("GET", path)):
                    return True
            except (urllib3.exceptions.HTTPError, ApiError):
                pass  # not yet
            time.sleep(0.125)
        return False

    def _fail(self, component):
        raise RuntimeError(f"{component} did not start; the end of its log:\n{self._end_of_log(component)}")

    def _end(self, process):
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _end_of_log(self, component):
        with open(self._at(component + ".log"), encoding="utf-8") as log:
            return "".join(log.readlines()[-20:]).strip()

    def _write_keys(self, authority, clients):
        signing, serving, client = self.issuer.key, new_key(), new_key()
        self._write("ca.crt", authority.pem)
        self._write("sa.key", private_pem(signing))
        self._write("sa.pub", public_pem(signing))
        self._write("tls.key", private_pem(serving))
        self._write("tls.crt", authority.certificate(serving, "kube-apiserver"))
        self._write("kubelet-clients.crt", clients.pem)
        self._write("kubelet-client.key", private_pem(client))
        self._write("kubelet-client.crt", clients.certificate(client, "kube-apiserver-kubelet-client"))
        self._write("tokens.csv", f'{self.admin_token},admin,admin,"system:masters"\n'.encode())

    def _write_kubeconfig(self, file, server, user, ca):
        cluster = {"server": server, "certificate-authority-data": base64.b64encode(ca).decode()}
        self._write_json(file, {
            "apiVersion": "v1", "kind": "Config", "current-context": "local", "contexts": [{"name": "local", "context": {"cluster": "local", "user": "local"}}],
            "clusters": [{"name": "local", "cluster": cluster}], "users": [{"name": "local", "user": user}]})
        return self._at(file)

    def _write_json(self, file, content):
        self._write(file, json.dumps(content).encode())

    def _at(self, file):
        return os.path.join(self.dir, file)

    def _write(self, file, content):
        with open(self._at(file), "wb") as out:
            out.write(content)


def are_ready(nodes, names):
    """Whether the instances among the nodes have these names, and all of them are ready."""
    ready = {node["metadata"]["name"]: any(condition["type"] == "Ready" and condition["status"] == "True" for condition in node["status"].get("conditions", []))
             for node in nodes if node["spec"].get("providerID")}
    return ready.keys() == names and all(ready.values())
