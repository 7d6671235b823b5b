package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"

	dto "github.com/prometheus/client_model/go"
	"github.com/virtual-kubelet/virtual-kubelet/errdefs"
	"github.com/virtual-kubelet/virtual-kubelet/node/api"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	stats "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
)

// processes is a virtual-kubelet provider that runs a pod's first container as a process of this machine. Images are
// not pulled, so that a container must say its command, unless its image is one of those in images. Mounted paths become
// folders of the pod's own, and environment values and arguments that begin with one are rewritten.
type processes struct {
	client   kubernetes.Interface
	images   images
	dir      string
	extraEnv []string
	// lastEnv replaces what a container says: the addresses of services, which exist only inside a cluster
	lastEnv []string
	notify  func(*corev1.Pod)
	mutex   sync.Mutex
	pods    map[string]*corev1.Pod
	running map[string]*exec.Cmd
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
	command, programEnv := p.images.command(container)
	if len(command) == 0 {
		return errdefs.InvalidInput("images are not pulled here: a container must have a command, and that of " + container.Image + " has none")
	}
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
	for name, value := range programEnv {
		process.Env = append(process.Env, name+"="+mounts.rewrite(value))
	}
	process.Env = append(process.Env, p.lastEnv...)
	now := metav1.Now()
	pod.Status = corev1.PodStatus{Phase: corev1.PodRunning, StartTime: &now, PodIP: "127.0.0.1", HostIP: "127.0.0.1",
		Conditions: []corev1.PodCondition{
			{Type: corev1.PodReady, Status: corev1.ConditionTrue},
			{Type: corev1.PodInitialized, Status: corev1.ConditionTrue},
			{Type: corev1.PodScheduled, Status: corev1.ConditionTrue},
		},
		ContainerStatuses: []corev1.ContainerStatus{{Name: container.Name, Image: container.Image, Ready: true,
			State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: now}}}}}
	if err := process.Start(); err != nil {
		return err
	}
	p.mutex.Lock()
	p.pods[key(pod.Namespace, pod.Name)], p.running[key(pod.Namespace, pod.Name)] = pod, process
	p.mutex.Unlock()
	p.notify(pod.DeepCopy())
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
