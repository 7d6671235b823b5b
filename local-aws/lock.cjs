// Plain JavaScript, because it runs before any package is installed.
const { randomUUID } = require('node:crypto');
const { readFileSync, rmSync, statSync, utimesSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const FILE = join(dirname(__dirname), 'set-up.pid.lock');
const BEAT = 1_000;
const SILENCE = 10_000;
const WORTH_SAYING = 2_000;

/** Does a part of the setup while no other run in this folder does one. The lock of a run that has ended does not count. */
exports.alone = async function alone(work) {
  const own = `${process.pid} ${randomUUID()}`;
  const free = () => read() === own && rmSync(FILE, { force: true });
  process.once('exit', free);
  await take(own);
  const beats = setInterval(() => ifThere(() => utimesSync(FILE, new Date(), new Date())), BEAT);
  try {
    return await work();
  } finally {
    clearInterval(beats);
    process.removeListener('exit', free);
    free();
  }
};

async function take(own) {
  const start = Date.now();
  let seen = { beat: undefined, at: 0 };
  let abandoned = false;
  let told = false;
  while (!create(own)) {
    const beat = ifThere(() => statSync(FILE).mtimeMs);
    if (beat !== seen.beat) {
      seen = { beat, at: Date.now() };
    }
    // another process may have the same process ID by now, so a lock that is no longer updated is abandoned, too
    abandoned = !holderRuns() || Date.now() - seen.at > SILENCE;
    if (abandoned) {
      rmSync(FILE, { force: true });
    } else if (!told && Date.now() - start > WORTH_SAYING) {
      told = true;
      process.stderr.write('Waiting for another run that sets up this folder\n');
    }
    await sleep(200);
  }
  if (abandoned) {
    await sleep(200); // another run that saw the abandoned lock may just have removed this one instead
    if (read() !== own) {
      await take(own);
    }
  }
}

function create(own) {
  try {
    writeFileSync(FILE, own, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
    return false;
  }
}

function holderRuns() {
  const id = Number((read() ?? '').split(' ')[0]);
  try {
    return id === 0 || process.kill(id, 0); // 0: the file has been created but not written
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function read() {
  return ifThere(() => readFileSync(FILE, 'utf8'));
}

function ifThere(look) {
  try {
    return look();
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }
    return undefined;
  }
}
