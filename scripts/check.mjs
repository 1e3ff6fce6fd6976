// Every static check, in turn; stops at the first that fails.
import { spawnSync } from 'node:child_process'

const checks = [
  { name: 'types', command: 'tsc -p .' },
  { name: 'lint', command: 'oxlint --type-aware', from: [20, 19] },
  { name: 'rooms', command: 'vitest run test/rooms.test.ts --reporter=dot' },
  { name: 'branches of client, policy and confirmation', command: 'vitest run --config test/trust.vitest.config.ts --coverage --reporter=dot' },
  { name: 'dead code', command: 'knip', from: [20, 19] },
  { name: 'package', command: 'publint' },
]

const [major, minor] = process.versions.node.split('.').map(Number)
const runsHere = ([wanted, least] = [0, 0]) => major > wanted || (major === wanted && minor >= least)

for (const { name, command, from } of checks) {
  if (runsHere(from)) {
    const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
    if (status !== 0) process.exit(status || 1)
  } else console.error(`${name}: not checked, since ${command.split(' ')[0]} needs Node ${from.join('.')} or newer`) // npm does not install it here
}
