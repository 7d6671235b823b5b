/** The private part of an SSH key, as tools name it: `SSH_PRIVATE_KEY`, `ops-ssh-key`, `id_rsa`. */
const NAME = /ssh[_.-]?(private[_.-]?)?key(?!s)|\bid[_-](rsa|dsa|ecdsa|ed25519)$/i;

const OF_GIT = /(^|[^a-z])(git|flux)|bitbucket|deploy[_.-]?key|argo-?cd/i;

/** Whether something is called like what is for a Git provider. */
export const isNameOfGit = (name: string): boolean => OF_GIT.test(name);

/** Whether something is called like a key with which one signs in to machines. */
export const isNameOfSshKey = (name: string): boolean => NAME.test(name) && !isNameOfGit(name);

/** How a resource mentions one. */
export const MENTIONED_SSH = /ssh|id[_-](rsa|dsa|ecdsa|ed25519)/i;

/** What the names of the parameters with the private keys of an `AWS::EC2::KeyPair` start with. */
export const KEY_PAIRS = '/ec2/keypair/';
