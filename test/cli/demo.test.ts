import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { environment } from './program.ts'

const demo = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/demo.ts', ...args], { encoding: 'utf8', env: environment(env) })

test('the demo tells who a customer is and opens a ticket on the simulated workspace, even where a token is set', () => {
  const { status, stdout } = demo([], { INTERCOM_ACCESS_TOKEN: 'real-token', INTERCOM_BASE_URL: 'http://127.0.0.1:1' })
  expect(stdout).toMatch(/simulated Intercom workspace answers/)
  expect(stdout).toMatch(/who_is_customer[^]*Priyanka Desai[^]*create_ticket[^]*Helmets booked as boots[^]*resources\/read[^]*Helmets booked as boots/)
  const [, calls] = /answered in .* with (\d+) calls to Intercom/.exec(stdout)!
  expect(Number(calls)).toBeLessThanOrEqual(12)
  expect(stdout).not.toContain('\u001B')
  expect(status).toBe(0)
})

test('the live demo wants a token, and fails visibly', () => {
  expect(demo(['--live'])).toMatchObject({ status: 2, stderr: expect.stringContaining('set INTERCOM_ACCESS_TOKEN') as string })
  const unreachable = demo(['--live'], { INTERCOM_ACCESS_TOKEN: 'token', INTERCOM_BASE_URL: 'http://127.0.0.1:1' })
  expect(unreachable.stdout).toContain('read-only')
  expect(unreachable).toMatchObject({ status: 1, stderr: expect.stringMatching(/The demo failed: .*ECONNREFUSED/) as string })
})
