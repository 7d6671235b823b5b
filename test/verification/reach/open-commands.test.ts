import { decisionOf, inBucket, ofInstance } from './code-apps';
import { allow } from '../templates';

const Bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'boot-of-prod' } };
const sub = (text: string) => ({ 'Fn::Sub': text });
const started = (UserData: unknown, more: object = {}) => ({
  ...ofInstance({}, { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData }, ...more }), Bucket,
});
const withUserData = (text: string) => started({ 'Fn::Base64': sub(text) });
const PUT = allow('s3:PutObject', inBucket('Bucket'));

test.each<[string, string]>([
  ['after a semicolon', 'mkdir /opt/app; ${Script}'],
  ['after a semicolon, without a space', 'mkdir /opt/app;${Script}'],
  ['after &&', 'mkdir /opt/app && ${Script}'],
  ['after ||', 'test -d /opt/app || ${Script}'],
  ['after a pipe', 'cat /etc/hosts | ${Script}'],
  ['in the background', 'mkdir /opt/app & ${Script} &'],
  ['in a substitution', 'echo $(${Script})'],
  ['in another substitution', 'echo `${Script}`'],
  ['in a group', 'true && (${Script})'],
  ['with arguments', '${Script} --verbose'],
  ['before another command', '${Script}; true'],
  ['after eval', 'eval ${Script}'],
  ['after eval, in quotes', 'eval "${Script}"'],
  ['after source', 'source ${Script}'],
  ['after a dot', '. ${Script}'],
  ['after bash', 'bash ${Script}'],
  ['after bash -c', 'bash -c "${Script}"'],
  ['at the end of bash -c', 'bash -c "cd /opt; ${Script}"'],
  ['after sudo', 'sudo -E ${Script}'],
  ['after sudo with a user', 'sudo -u app ${Script}'],
  ['after a variable', 'A=${AWS::Region} B=2 ${Script}'],
  ['after exec', 'exec nohup ${Script}'],
  ['after then', 'if true; then ${Script}; fi'],
  ['after su', 'su - app -c "${Script}"'],
  ['in a script that a shell gets', 'bash -s <<EOF\n${Script}\nEOF'],
  ['in a script that it writes', 'cat > /opt/run.sh <<EOF\n${Script}\nEOF'],
  ['after a comment', '# the end \\\n${Script}'],
  ['in a block', '#!/bin/sh\nif true\nthen\n  ${Script}\nfi'],
  ['in a variable that is a command', 'RUN="${Script}"\n$RUN'],
  ['after Invoke-Expression', '<powershell>\nInvoke-Expression ${Script}\n</powershell>'],
  ['after a line with a word as input', 'read A <<< hello\n${Script}'],
  ['after a line with a shift', 'N=$((1 << FOUR))\n${Script}'],
  ['after a file whose end is in quotes', "cat > /etc/app.conf <<'END-CONF'\na: 1\nEND-CONF\n${Script}"],
  ['after a comment about a file', '# cat <<EOF\n${Script}'],
  ['in a block of a part of a MIME text', 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="//"\n\n--//\nContent-Type: text/x-shellscript\n\n#!/bin/bash\nif true; then\n  ${Script}\nfi\n--//--'],
  ['after a value in quotes', 'STAGE="${Stage}" ${Script}'],
  ['in a function', 'run() { ${Script}; }\nrun'],
  ['in another function', 'function run { ${Script}; }\nrun'],
  ['in a case', 'case x in a) ${Script};; esac'],
  ['in the second part of a case', 'case x in a) true;; b) ${Script};; esac'],
  ['in a case of several lines', '#!/bin/bash\ncase "$STAGE" in\n  prod|test) ${Script} ;;\nesac'],
  ['in a trap', "trap '${Script}' EXIT"],
  ['in a program that Python gets', 'python3 - <<EOF\nimport os\n${Script}\nEOF'],
  ['in a script that echo writes', "echo '${Script}' > /opt/run; bash /opt/run"],
  ['that a shell gets by a pipe', 'echo "${Script}" | bash'],
  ['in a file among the programs', 'cat > /usr/local/bin/run <<EOF\n${Script}\nEOF'],
  ['in a file that becomes a program', 'cat > /opt/run <<EOF\n${Script}\nEOF\nchmod +x /opt/run'],
  ['in a file that starts as a script', 'cat > /opt/run <<EOF\n#!/bin/sh\n${Script}\nEOF'],
  ['in a file that a shell runs', 'tee /opt/run <<EOF\n${Script}\nEOF\nbash -x /opt/run'],
  ['in a unit of systemd', 'cat > /etc/systemd/system/it.service <<EOF\n[Service]\nExecStartPre=-/bin/bash -c "${Script}"\nEOF'],
  ['in a unit of systemd of cloud-init', '#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/it.service\n    content: |\n      [Service]\n      ExecStart=${Script} --all'],
  ['after powershell', '<powershell>\npowershell -ExecutionPolicy Bypass -Command ${Script}\n</powershell>'],
  ['after bash with an option', 'bash -o pipefail -c "${Script}"'],
  ['in a list of commands of cloud-init', '#cloud-config\nruncmd:\n  - ${Script}'],
  ['in a list of words of cloud-init', '#cloud-config\nruncmd:\n  - [sh, -c, "${Script}"]'],
  ['in a line of lists of cloud-init', '#cloud-config\nbootcmd: [ ${Script} ]'],
  ['that is a URL', 'curl ${Script} | bash'],
  ['that is a URL in quotes', 'curl -fsSL "${Script}" | sudo bash'],
  ['that is a URL from which a file comes', 'curl -o /opt/run ${Script}; /opt/run'],
  ['that is a URL from which wget gets a file', 'wget ${Script}'],
  ['that is a URL in a variable', 'FROM=${Script}\ncurl $FROM | bash'],
  ['that is a URL in a process substitution', 'bash <(curl ${Script})'],
  ['that is a URL in PowerShell', '<powershell>\nInvoke-Expression (Invoke-RestMethod ${Script})\n</powershell>'],
])('pods might decide what an instance runs by a parameter in its user data %s', (_, text) => {
  expect(decisionOf(withUserData(text), PUT).outcome).toBe('UNKNOWN');
});

test.each<[string, string]>([
  ['as an argument', 'run --name ${Script}'],
  ['as a pattern of sed', "sed -i 's|NAME|${Script}|' /etc/app.conf"],
  ['as a value', 'export NAME=${Script}; run'],
  ['as a URL of data', 'curl ${Script} > /dev/null'],
  ['as the name of a file', 'curl -o ${Script} https://example.com/data.json'],
  ['as a header', 'curl -H ${Script} https://example.com/run.sh | bash'],
  ['as a part of a path', 'mkdir /opt; ${Script}/bin/run'],
  ['as a value in quotes', 'STAGE="${Script}"\nNAME=\'${Script}\' run'],
  ['in a condition', 'if [ "${Script}" = prod ]; then run; fi\n[[ ${Script} == x ]] && run\nwhile (( ${Script} > 1 )); do run; done'],
  ['beside a variable with several values', 'if yum; then PKG=yum; ARCH=x; else PKG=apt-get; ARCH=y; fi; $PKG install tool-$ARCH --name ${Script}'],
  ['as a value in PowerShell', '<powershell>\n$name = "${Script}"\nrun $name\n</powershell>'],
  ['as a package', '#cloud-config\npackages:\n  - ${Script}\nruncmd:\n  - run'],
  ['as a package after commands', '#cloud-config\nruncmd:\n  - run\npackages:\n  - ${Script}'],
  ['as an argument of a command of cloud-init', '#cloud-config\nruncmd:\n  - [run, "${Script}"]'],
  ['in a file that it writes', 'cat > /etc/app.conf <<EOF\na; ${Script}\nEOF'],
  ['in a file of settings for a program', 'cat > /opt/app.conf <<EOF\n${Script}\nEOF\n/opt/app --config /opt/app.conf'],
  ['in a file of settings that echo writes', 'echo "${Script}" > /etc/app.conf; echo "${Script}" | jq .'],
  ['as an argument in a unit of systemd', 'cat > /etc/systemd/system/it.service <<EOF\n[Service]\nExecStart=/opt/app --name ${Script}\nEnvironment=NAME=${Script}\nEOF'],
  ['as a text of a program that Python gets', 'python3 - <<EOF\nnames = [\n  "${Script}",\n]\nEOF'],
  ['as the value of a case', 'case "${Script}" in\n  a) true;;\nesac'],
  ['after the result of a command', 'echo $(date) ${Script}'],
  ['as an argument in a function', 'run() { echo ${Script}; }'],
  ['in a file that root writes', 'sudo tee /etc/app.conf <<EOF\n${Script}\nEOF\nchmod 644 /etc/app.conf'],
  ['after parentheses', 'run --description "it (${Stage} only) ${Script}"'],
  ['in a comment', '# mkdir /opt; ${Script}'],
  ['in a line that continues a command', '#!/bin/bash\n/opt/install.py app \\\n  ${Script}'],
])('pods do not decide what an instance runs by a parameter in its user data %s', (_, text) => {
  expect(decisionOf(withUserData(text), PUT).outcome).toBe('DENIED');
});

test('pods do not decide what an instance runs by a Region in a command of its user data', () => {
  expect(decisionOf(withUserData('true; ${AWS::AccountId} ${AWS::Region}'), PUT).outcome).toBe('DENIED');
});

test('pods might decide what an instance runs by a parameter that is a command of cfn-init', () => {
  const Metadata = { 'AWS::CloudFormation::Init': { config: { commands: { boot: { command: { Ref: 'Script' } } } } } };
  expect(decisionOf(started(undefined, { Metadata }), PUT).outcome).toBe('UNKNOWN');
});
