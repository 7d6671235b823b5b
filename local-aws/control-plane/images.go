package main

import (
	"path"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// images are the images whose program is known, by name without tag and digest.
type images map[string]struct {
	// Program is the name of the program in the image.
	Program string `json:"program"`
	// Command runs it here.
	Command []string `json:"command"`
	// Env is added to the environment. A value can be a path in the container.
	Env map[string]string `json:"env"`
}

// command returns the command of a container, and what it adds to the environment. A container that runs the program of
// its image gets the one that stands for it here.
func (i images) command(container corev1.Container) ([]string, map[string]string) {
	command := append(append([]string{}, container.Command...), container.Args...)
	image, known := i[repositoryOf(container.Image)]
	switch {
	case !known:
		return command, nil
	case len(container.Command) == 0:
		return append(append([]string{}, image.Command...), container.Args...), image.Env
	case path.Base(container.Command[0]) == image.Program:
		return append(append([]string{}, image.Command...), command[1:]...), image.Env
	default:
		return command, nil
	}
}

// repositoryOf returns the name of an image. A colon before the last slash belongs to the port of the registry.
func repositoryOf(image string) string {
	name, _, _ := strings.Cut(image, "@")
	if colon := strings.LastIndex(name, ":"); colon > strings.LastIndex(name, "/") {
		return name[:colon]
	}
	return name
}
