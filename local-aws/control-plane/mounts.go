package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	authv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
)

// configMapTimeout is how long a pod waits for a ConfigMap that does not exist yet. A namespace gets its kube-root-ca.crt only
// some time after it is created.
const configMapTimeout = 10 * time.Second

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

// mount makes a folder for each mounted volume, and writes into it what the volume projects.
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
			files, err := p.filesOf(ctx, pod, source)
			if err != nil {
				return nil, err
			}
			for path, content := range files {
				if err := os.WriteFile(filepath.Join(folder, path), []byte(content), 0o600); err != nil {
					return nil, err
				}
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

// filesOf returns the contents of the files of one source, by path. These sources make up the volume with which every
// pod accesses the Kubernetes API: https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume
func (p *processes) filesOf(ctx context.Context, pod *corev1.Pod, source corev1.VolumeProjection) (map[string]string, error) {
	files := map[string]string{}
	switch {
	case source.ServiceAccountToken != nil:
		token, err := p.token(ctx, pod, source.ServiceAccountToken)
		if err != nil {
			return nil, err
		}
		files[source.ServiceAccountToken.Path] = token
	case source.ConfigMap != nil:
		data, err := p.configMap(ctx, pod.Namespace, source.ConfigMap.Name)
		if err != nil {
			return nil, err
		}
		for _, item := range source.ConfigMap.Items {
			files[item.Path] = data[item.Key]
		}
	case source.DownwardAPI != nil:
		for _, item := range source.DownwardAPI.Items {
			if item.FieldRef != nil && item.FieldRef.FieldPath == "metadata.namespace" {
				files[item.Path] = pod.Namespace
			}
		}
	}
	return files, nil
}

func (p *processes) token(ctx context.Context, pod *corev1.Pod, projection *corev1.ServiceAccountTokenProjection) (string, error) {
	request := &authv1.TokenRequest{Spec: authv1.TokenRequestSpec{ExpirationSeconds: projection.ExpirationSeconds,
		BoundObjectRef: &authv1.BoundObjectReference{Kind: "Pod", APIVersion: "v1", Name: pod.Name, UID: pod.UID}}}
	if projection.Audience != "" {
		request.Spec.Audiences = []string{projection.Audience}
	}
	token, err := p.client.CoreV1().ServiceAccounts(pod.Namespace).CreateToken(ctx, pod.Spec.ServiceAccountName, request, metav1.CreateOptions{})
	if err != nil {
		return "", err
	}
	return token.Status.Token, nil
}

func (p *processes) configMap(ctx context.Context, namespace, name string) (map[string]string, error) {
	var found *corev1.ConfigMap
	err := wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, configMapTimeout, true, func(ctx context.Context) (bool, error) {
		var err error
		found, err = p.client.CoreV1().ConfigMaps(namespace).Get(ctx, name, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return false, nil
		}
		return err == nil, err
	})
	if err != nil {
		return nil, err
	}
	return found.Data, nil
}
