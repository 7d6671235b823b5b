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
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/virtual-kubelet/virtual-kubelet/errdefs"
	"github.com/virtual-kubelet/virtual-kubelet/node"
	"github.com/virtual-kubelet/virtual-kubelet/node/api"
	"github.com/virtual-kubelet/virtual-kubelet/node/nodeutil"
	authv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	stats "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
)

// processes is a virtual-kubelet provider that runs a pod's first container as a process of this machine. Images are
// not pulled, so that a container must say its command. Mounted paths become folders of the pod's own, and environment
// values and arguments that begin with one are rewritten.
type processes struct {
	client   kubernetes.Interface
	dir      string
	extraEnv []string
	notify   func(*corev1.Pod)
	mutex    sync.Mutex
	pods     map[string]*corev1.Pod
	running  map[string]*exec.Cmd
}

var errUnsupported = errors.New("not supported by the process kubelet")

func key(namespace, name string) string { return namespace + "/" + name }

func (p *processes) folder(pod *corev1.Pod) string { return filepath.Join(p.dir, string(pod.UID)) }

func (p *processes) NotifyPods(_ context.Context, notify func(*corev1.Pod)) { p.notify = notify }

func (p *processes) CreatePod(ctx context.Context, pod *corev1.Pod) error {
	pod = pod.DeepCopy()
	mounts, err := p.mount(ctx, pod)
	if err != nil {
		return err
	}
	container := pod.Spec.Containers[0]
	if len(container.Command) == 0 {
		return errdefs.InvalidInput("images are not pulled here: a container must have a command, and that of " + container.Image + " has none")
	}
	command := append(append([]string{}, container.Command...), container.Args...)
	for i := range command {
		command[i] = mounts.rewrite(command[i])
	}
	log, err := os.Create(filepath.Join(p.folder(pod), "log"))
	if err != nil {
		return err
	}
	process := exec.Command(command[0], command[1:]...)
	process.Dir = p.folder(pod)
	process.Stdout, process.Stderr = log, log
	// a home of its own, because the AWS CLI caches there the credentials of each role, and another pod must not use them
	process.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.folder(pod)}, p.extraEnv...)
	for _, variable := range container.Env {
		process.Env = append(process.Env, variable.Name+"="+mounts.rewrite(variable.Value))
	}
	now := metav1.Now()
	pod.Status = corev1.PodStatus{Phase: corev1.PodRunning, StartTime: &now, PodIP: "127.0.0.1", HostIP: "127.0.0.1",
		Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}, {Type: corev1.PodInitialized, Status: corev1.ConditionTrue}, {Type: corev1.PodScheduled, Status: corev1.ConditionTrue}},
		ContainerStatuses: []corev1.ContainerStatus{{Name: container.Name, Image: container.Image, Ready: true,
			State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: now}}}}}
	if err := process.Start(); err != nil {
		return err
	}
	p.mutex.Lock()
	p.pods[key(pod.Namespace, pod.Name)], p.running[key(pod.Namespace, pod.Name)] = pod, process
	p.mutex.Unlock()
	go func() {
		err := process.Wait()
		log.Close()
		p.finish(pod, err, now)
	}()
	return nil
}

func (p *processes) finish(pod *corev1.Pod, failure error, started metav1.Time) {
	done := pod.DeepCopy()
	ended := corev1.ContainerStateTerminated{Reason: "Completed", StartedAt: started, FinishedAt: metav1.Now()}
	done.Status.Phase = corev1.PodSucceeded
	if failure != nil {
		done.Status.Phase, ended.Reason, ended.ExitCode = corev1.PodFailed, "Error", 1
		var exit *exec.ExitError
		if errors.As(failure, &exit) {
			ended.ExitCode = int32(exit.ExitCode())
		}
	}
	done.Status.Conditions[0].Status = corev1.ConditionFalse
	done.Status.ContainerStatuses[0].Ready = false
	done.Status.ContainerStatuses[0].State = corev1.ContainerState{Terminated: &ended}
	p.mutex.Lock()
	p.pods[key(pod.Namespace, pod.Name)] = done
	p.mutex.Unlock()
	p.notify(done)
}

type mounts map[string]string

func (m mounts) rewrite(value string) string {
	longest := ""
	for path := range m {
		if (value == path || strings.HasPrefix(value, path+"/")) && len(path) > len(longest) {
			longest = path
		}
	}
	return m[longest] + strings.TrimPrefix(value, longest)
}

// mount makes a folder for each mounted volume and writes the service account tokens that it projects.
func (p *processes) mount(ctx context.Context, pod *corev1.Pod) (mounts, error) {
	volumes, result := map[string]string{}, mounts{}
	for _, volume := range pod.Spec.Volumes {
		folder := filepath.Join(p.folder(pod), "volumes", volume.Name)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
		volumes[volume.Name] = folder
		if volume.Projected == nil {
			continue
		}
		for _, source := range volume.Projected.Sources {
			if source.ServiceAccountToken == nil {
				continue
			}
			request := &authv1.TokenRequest{Spec: authv1.TokenRequestSpec{ExpirationSeconds: source.ServiceAccountToken.ExpirationSeconds,
				BoundObjectRef: &authv1.BoundObjectReference{Kind: "Pod", APIVersion: "v1", Name: pod.Name, UID: pod.UID}}}
			if audience := source.ServiceAccountToken.Audience; audience != "" {
				request.Spec.Audiences = []string{audience}
			}
			token, err := p.client.CoreV1().ServiceAccounts(pod.Namespace).CreateToken(ctx, pod.Spec.ServiceAccountName, request, metav1.CreateOptions{})
			if err != nil {
				return nil, err
			}
			if err := os.WriteFile(filepath.Join(folder, source.ServiceAccountToken.Path), []byte(token.Status.Token), 0o600); err != nil {
				return nil, err
			}
		}
	}
	if err := os.MkdirAll(p.folder(pod), 0o700); err != nil {
		return nil, err
	}
	for _, mount := range pod.Spec.Containers[0].VolumeMounts {
		result[mount.MountPath] = volumes[mount.Name]
	}
	return result, nil
}

func (p *processes) UpdatePod(context.Context, *corev1.Pod) error { return nil }

func (p *processes) DeletePod(_ context.Context, pod *corev1.Pod) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if process := p.running[key(pod.Namespace, pod.Name)]; process != nil && process.ProcessState == nil {
		_ = process.Process.Kill()
	}
	delete(p.running, key(pod.Namespace, pod.Name))
	delete(p.pods, key(pod.Namespace, pod.Name))
	gone := pod.DeepCopy()
	gone.Status.Phase = corev1.PodSucceeded
	now := metav1.Now()
	for i := range gone.Status.ContainerStatuses {
		gone.Status.ContainerStatuses[i].State = corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Reason: "Deleted", FinishedAt: now}}
	}
	p.notify(gone)
	return nil
}

func (p *processes) killAll() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, process := range p.running {
		if process.ProcessState == nil {
			_ = process.Process.Kill()
		}
	}
}

func (p *processes) GetPod(_ context.Context, namespace, name string) (*corev1.Pod, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if pod := p.pods[key(namespace, name)]; pod != nil {
		return pod.DeepCopy(), nil
	}
	return nil, errdefs.NotFound(name)
}

func (p *processes) GetPodStatus(ctx context.Context, namespace, name string) (*corev1.PodStatus, error) {
	pod, err := p.GetPod(ctx, namespace, name)
	if err != nil {
		return nil, err
	}
	return &pod.Status, nil
}

func (p *processes) GetPods(context.Context) ([]*corev1.Pod, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var all []*corev1.Pod
	for _, pod := range p.pods {
		all = append(all, pod.DeepCopy())
	}
	return all, nil
}

func (p *processes) GetContainerLogs(ctx context.Context, namespace, name, _ string, _ api.ContainerLogOpts) (io.ReadCloser, error) {
	pod, err := p.GetPod(ctx, namespace, name)
	if err != nil {
		return nil, err
	}
	return os.Open(filepath.Join(p.folder(pod), "log"))
}

func (p *processes) RunInContainer(context.Context, string, string, string, []string, api.AttachIO) error {
	return errUnsupported
}
func (p *processes) AttachToContainer(context.Context, string, string, string, api.AttachIO) error {
	return errUnsupported
}
func (p *processes) GetStatsSummary(context.Context) (*stats.Summary, error) {
	return nil, errUnsupported
}
func (p *processes) GetMetricsResource(context.Context) ([]*dto.MetricFamily, error) {
	return nil, errUnsupported
}
func (p *processes) PortForward(context.Context, string, string, int32, io.ReadWriteCloser) error {
	return errUnsupported
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

// runKubelet registers one node and runs the pods bound to it. Environment: KUBECONFIG, NODE_NAME, DATA_DIR, TLS_CERT,
// TLS_KEY, CLIENT_CA, POD_ENV (JSON list of NAME=value).
func runKubelet(ctx context.Context) error {
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	tlsConfig, err := forAPIServer()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	provider := &processes{client: client, dir: filepath.Join(os.Getenv("DATA_DIR"), "pods"), pods: map[string]*corev1.Pod{}, running: map[string]*exec.Cmd{}}
	if err := json.Unmarshal([]byte(os.Getenv("POD_ENV")), &provider.extraEnv); err != nil {
		return fmt.Errorf("POD_ENV: %w", err)
	}
	mux := http.NewServeMux()
	kubelet, err := nodeutil.NewNode(os.Getenv("NODE_NAME"), func(config nodeutil.ProviderConfig) (nodeutil.Provider, node.NodeProvider, error) {
		capacity := corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("2"), corev1.ResourceMemory: resource.MustParse("4Gi"), corev1.ResourcePods: resource.MustParse("110")}
		config.Node.Status.Capacity, config.Node.Status.Allocatable = capacity, capacity
		config.Node.Status.Addresses = []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: "127.0.0.1"}}
		config.Node.Status.DaemonEndpoints.KubeletEndpoint.Port = int32(port)
		return provider, nil, nil
	}, nodeutil.WithClient(client), nodeutil.AttachProviderRoutes(mux))
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux, TLSConfig: tlsConfig, ReadHeaderTimeout: 30 * time.Second}
	defer server.Close()
	go func() { _ = server.ServeTLS(listener, "", "") }()
	go func() {
		if err := kubelet.WaitReady(ctx, time.Minute); err == nil {
			fmt.Println("kubelet ready")
		}
	}()
	defer provider.killAll()
	return kubelet.Run(ctx)
}
