package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/virtual-kubelet/virtual-kubelet/node"
	"github.com/virtual-kubelet/virtual-kubelet/node/nodeutil"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

// wantedNode is a node that the kubelet runs.
type wantedNode struct {
	// Node has the name, the labels, the provider ID, the taints and the capacity.
	Node corev1.Node `json:"node"`
	// PodEnv is the environment of its pods, each as NAME=value.
	PodEnv []string `json:"podEnv"`
}

// kubelet runs the nodes of a cluster in one process, because the start of a process takes most of the time.
type kubelet struct {
	client    kubernetes.Interface
	tlsConfig *tls.Config
	images    images
	dir       string
	lastEnv   []string
	nodes     map[string]*runningNode
	failed    chan error
}

type runningNode struct {
	providerID string
	stop       context.CancelFunc
	ended      chan struct{}
}

// runKubelet reads from its input, line by line, which nodes there are from then on, as a JSON list of wantedNode. It ends
// when its input ends. Environment: KUBECONFIG, DATA_DIR, TLS_CERT, TLS_KEY, CLIENT_CA, IMAGES (images as JSON).
func runKubelet(ctx context.Context, input io.Reader) error {
	kubelet, err := newKubelet()
	if err != nil {
		return err
	}
	defer kubelet.stopAll()
	changes := make(chan []wantedNode)
	go func() {
		defer close(changes)
		for lines := json.NewDecoder(input); ; {
			var wanted []wantedNode
			if err := lines.Decode(&wanted); err != nil {
				return
			}
			changes <- wanted
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-kubelet.failed:
			return err
		case wanted, more := <-changes:
			if !more {
				return nil
			}
			if err := kubelet.run(ctx, wanted); err != nil {
				return err
			}
		}
	}
}

func newKubelet() (*kubelet, error) {
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	if err != nil {
		return nil, err
	}
	endpoint, err := url.Parse(config.Host)
	if err != nil {
		return nil, err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	tlsConfig, err := forAPIServer()
	if err != nil {
		return nil, err
	}
	made := &kubelet{client: client, tlsConfig: tlsConfig, dir: filepath.Join(os.Getenv("DATA_DIR"), "pods"), nodes: map[string]*runningNode{}, failed: make(chan error, 1),
		lastEnv: []string{"KUBERNETES_SERVICE_HOST=" + endpoint.Hostname(), "KUBERNETES_SERVICE_PORT=" + endpoint.Port()}}
	if err := json.Unmarshal([]byte(os.Getenv("IMAGES")), &made.images); err != nil {
		return nil, fmt.Errorf("IMAGES: %w", err)
	}
	return made, nil
}

// run removes the nodes that are no longer wanted, and then starts those that do not run yet. The node of a new instance
// can have the name of one that is gone, because its address is free again.
func (k *kubelet) run(ctx context.Context, wanted []wantedNode) error {
	kept := map[string]bool{}
	for _, one := range wanted {
		kept[one.Node.Name+" "+one.Node.Spec.ProviderID] = true
	}
	var removals sync.WaitGroup
	for name, node := range k.nodes {
		if !kept[name+" "+node.providerID] {
			delete(k.nodes, name)
			removals.Go(func() { k.remove(name, node) })
		}
	}
	removals.Wait()
	for _, one := range wanted {
		if k.nodes[one.Node.Name] == nil {
			if err := k.start(ctx, one); err != nil {
				return err
			}
		}
	}
	return nil
}

// remove stops a node, and deletes its object, as the cloud controller manager does when an instance is gone.
func (k *kubelet) remove(name string, node *runningNode) {
	node.stop()
	<-node.ended
	ctx, done := context.WithTimeout(context.Background(), 5*time.Second)
	defer done()
	if err := k.client.CoreV1().Nodes().Delete(ctx, name, metav1.DeleteOptions{}); err != nil {
		fmt.Fprintln(os.Stderr, "delete node:", err)
	}
}

func (k *kubelet) stopAll() {
	for _, node := range k.nodes {
		node.stop()
	}
	for _, node := range k.nodes {
		<-node.ended
	}
}

func (k *kubelet) start(parent context.Context, wanted wantedNode) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	provider := &processes{client: k.client, images: k.images, dir: k.dir, extraEnv: wanted.PodEnv, lastEnv: k.lastEnv,
		pods: map[string]*corev1.Pod{}, running: map[string]*exec.Cmd{}}
	mux := http.NewServeMux()
	registered, err := nodeutil.NewNode(wanted.Node.Name, func(config nodeutil.ProviderConfig) (nodeutil.Provider, node.NodeProvider, error) {
		config.Node.Labels, config.Node.Spec = wanted.Node.Labels, wanted.Node.Spec
		config.Node.Status.Capacity, config.Node.Status.Allocatable = wanted.Node.Status.Capacity, wanted.Node.Status.Capacity
		config.Node.Status.Addresses = []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: "127.0.0.1"}, {Type: corev1.NodeHostName, Address: wanted.Node.Name}}
		config.Node.Status.DaemonEndpoints.KubeletEndpoint.Port = int32(listener.Addr().(*net.TCPAddr).Port)
		return provider, nil, nil
	}, nodeutil.WithClient(k.client), nodeutil.AttachProviderRoutes(mux))
	if err != nil {
		listener.Close()
		return err
	}
	server := &http.Server{Handler: mux, TLSConfig: k.tlsConfig, ReadHeaderTimeout: 30 * time.Second}
	go func() { _ = server.ServeTLS(listener, "", "") }()
	ctx, stop := context.WithCancel(parent)
	running := &runningNode{providerID: wanted.Node.Spec.ProviderID, stop: stop, ended: make(chan struct{})}
	k.nodes[wanted.Node.Name] = running
	go func() {
		defer close(running.ended)
		defer server.Close()
		defer provider.killAll()
		if err := registered.Run(ctx); err != nil && ctx.Err() == nil {
			select {
			case k.failed <- fmt.Errorf("%s: %w", wanted.Node.Name, err):
			default: // another node has failed before
			}
		}
	}()
	return nil
}

// forAPIServer lets nobody read the logs of pods but who has a certificate of the authority in CLIENT_CA.
func forAPIServer() (*tls.Config, error) {
	certificate, err := tls.LoadX509KeyPair(os.Getenv("TLS_CERT"), os.Getenv("TLS_KEY"))
	if err != nil {
		return nil, err
	}
	authority, err := os.ReadFile(os.Getenv("CLIENT_CA"))
	if err != nil {
		return nil, err
	}
	clients := x509.NewCertPool()
	if !clients.AppendCertsFromPEM(authority) {
		return nil, errors.New("no certificate in CLIENT_CA")
	}
	return &tls.Config{Certificates: []tls.Certificate{certificate}, ClientCAs: clients, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS12}, nil
}
