// Kubernetes' own control plane in one program, for tests: kube-apiserver with etcd in its process,
// kube-controller-manager, kube-scheduler, and a kubelet that runs pods as processes. The first argument chooses; the
// rest are that component's own flags. It ends when its standard input does, so that nothing outlives who started it.
package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

// etcdEndpoint is a unix socket in the working directory: etcd asks nobody who they are, and other users cannot enter
// that. A path that is relative is never too long for a socket.
const etcdEndpoint = "unix://etcd.sock"

// startEtcd makes dir, which only this user may enter, the working directory, and keeps its data in it.
func startEtcd(dir string) error {
	if err := os.Chdir(dir); err != nil {
		return err
	}
	endpoint, err := url.Parse(etcdEndpoint)
	if err != nil {
		return err
	}
	config := embed.NewConfig()
	config.Dir = "etcd"
	config.LogLevel = "error"
	config.ListenClientUrls, config.ListenPeerUrls = []url.URL{*endpoint}, nil // there are no peers
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return err
	}
	<-etcd.Server.ReadyNotify()
	return nil
}

func exitWithParent() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(1)
}

func main() {
	component := ""
	if len(os.Args) > 1 {
		component = os.Args[1]
		os.Args = append(os.Args[:1], os.Args[2:]...)
	}
	if component != "kubelet" { // which has pods to end, and reads its standard input itself
		go exitWithParent()
	}
	switch component {
	case "kube-apiserver":
		if err := startEtcd(os.Getenv("DATA_DIR")); err != nil {
			fmt.Fprintln(os.Stderr, "etcd:", err)
			os.Exit(1)
		}
		os.Args = append(os.Args, "--etcd-servers="+etcdEndpoint)
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllers.NewControllerManagerCommand()))
	case "kube-scheduler":
		os.Exit(cli.Run(scheduler.NewSchedulerCommand()))
	case "kubelet":
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		if err := runKubelet(ctx, os.Stdin); err != nil {
			fmt.Fprintln(os.Stderr, "kubelet:", err)
			os.Exit(1)
		}
	default:
		fmt.Fprintln(os.Stderr, "usage: DATA_DIR=dir control-plane kube-apiserver|kube-controller-manager|kube-scheduler|kubelet [flags]")
		os.Exit(2)
	}
}
