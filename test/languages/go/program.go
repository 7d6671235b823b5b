package main

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-irsa/cdk-irsa-go/cdkirsa"
	"github.com/cdk-irsa/cdk-irsa-go/cdkirsa/policies"
	"github.com/cdk-irsa/cdk-irsa-go/cdkirsa/verification"
)

type settings struct{}

func (*settings) ToJson() *[]interface{} {
	return &[]interface{}{map[string]interface{}{
		"apiVersion": "v1", "data": map[string]string{"level": "info"}, "kind": "ConfigMap",
		"metadata": map[string]string{"name": "settings", "namespace": "reports"},
	}}
}

func newReports(scope constructs.Construct, id string) (awscdk.Stack, awss3.Bucket) {
	stack := awscdk.NewStack(scope, &id, nil)
	bucket := awss3.NewBucket(stack, jsii.String("Bucket"), nil)

	cluster := cdkirsa.NewIrsaCluster(stack, jsii.String("Cluster"), &cdkirsa.IrsaClusterProps{
		Version: awseksv2.KubernetesVersion_Of(jsii.String("1.36")), Nodegroups: &[]*cdkirsa.IrsaNodegroupOptions{{}},
	})
	reader := cdkirsa.NewServiceAccountWithRole(stack, jsii.String("Reader"), &cdkirsa.ServiceAccountWithRoleProps{
		Cluster: cluster, ServiceAccountName: jsii.String("reader"), Namespace: jsii.String("reports"),
	})
	bucket.GrantRead(reader, nil)

	cdkirsa.NewServiceAccountWithRole(stack, jsii.String("ClusterAutoscaler"), &cdkirsa.ServiceAccountWithRoleProps{
		Cluster: cluster, ControllerPolicies: &[]policies.IControllerPolicy{policies.NewClusterAutoscalerPolicy(nil)},
	})

	cluster.AddKubernetesObjects(jsii.String("Settings"), &cdkirsa.KubernetesObjectsOptions{
		Charts: &[]cdkirsa.IKubernetesChart{&settings{}},
	})

	prod := cdkirsa.IrsaCluster_FromIrsaClusterAttributes(stack, jsii.String("Prod"), &cdkirsa.IrsaClusterAttributes{
		ClusterName: jsii.String("prod"),
		IssuerUrl:   jsii.String("https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"),
	})
	auditor := cdkirsa.NewServiceAccountRole(stack, jsii.String("Auditor"), &cdkirsa.ServiceAccountRoleProps{
		Cluster: prod, Subjects: &[]cdkirsa.ServiceAccountSubject{cdkirsa.ServiceAccountSubject_Exact(jsii.String("reports"), jsii.String("auditor"))},
	})
	bucket.GrantRead(auditor, nil)
	return stack, bucket
}

// refusal returns the message of an assertion that fails, or an empty text.
func refusal(assertion func()) (message string) {
	defer func() {
		if failure := recover(); failure != nil {
			message = fmt.Sprint(failure)
		}
	}()
	assertion()
	return ""
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(&awscdk.AppProps{AnalyticsReporting: jsii.Bool(false)})
	stack, bucket := newReports(app, "Reports")

	pod := verification.PodAccess_FromStack(stack).Pod(&verification.PodSelection{
		Namespace: jsii.String("reports"), ServiceAccountName: jsii.String("reader"), Cluster: jsii.String("Reports/Cluster"),
	})
	objects := &verification.AccessOptions{Resource: bucket.ArnForObjects(jsii.String("*"))}
	pod.AssertAllowed(jsii.String("s3:GetObject"), objects)

	message := refusal(func() { pod.AssertAllowed(jsii.String("s3:PutObject"), objects) })
	if !strings.Contains(message, "must be allowed s3:PutObject") || !strings.Contains(message, "but are denied") {
		panic("the assertion does not fail as expected: " + message)
	}

	app.Synth(nil)
}
