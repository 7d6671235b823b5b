// Plain JavaScript, because it is needed before anything is installed.
const { readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { setTimeout } = require('node:timers/promises');

const FILE = join(dirname(__dirname), 'set-up.pid.lock');

/** Does a part of the set-up while no other run in this folder does one. What a run that has ended left locked is free. */
exports.alone = async function alone(work) {
  while (!take()) {
    await setTimeout(200);
  }
  try {
    return await work();
  } finally {
    rmSync(FILE, { force: true });
  }
};

function take() {
  try {
    writeFileSync(FILE, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  }
  if (!holderRuns()) {
    rmSync(FILE, { force: true });
  }
  return false;
}

function holderRuns() {
  try {
    return process.kill(Number(readFileSync(FILE, 'utf8')), 0);
  } catch (error) {
    return error.code === 'ENOENT' || error.code === 'EPERM';
  }
}
