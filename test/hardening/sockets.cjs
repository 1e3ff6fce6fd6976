// Leaves this process alone with its own machine: who connects elsewhere, or asks for the address of a name, finds no network, and is written
// down. Loaded by the tests themselves and, through NODE_OPTIONS, by every program they start. One line of JSON each:
// {at, by, test}; what was reached for, from where in the code, and in the course of which test.
const childProcess = require('node:child_process')
const dgram = require('node:dgram')
const dns = require('node:dns')
const { appendFileSync } = require('node:fs')
const { syncBuiltinESMExports } = require('node:module')
const net = require('node:net')
const { networkInterfaces } = require('node:os')
const { threadId } = require('node:worker_threads')

/** This machine, by whichever of its names and addresses. */
const owned = new Set(['localhost', '127.0.0.1', '::1', ...Object.values(networkInterfaces()).flatMap((all) => all.map(({ address }) => address))])
const isOwn = (host) => owned.has(host.toLowerCase())

/** An address is its own; only names are looked for elsewhere. */
const isKnown = (host) => !host || isOwn(host) || net.isIP(host) > 0

/** Read anew each time: tests set these, and divert what they attempt on purpose. */
const write = (folder, name, line) => folder && appendFileSync(`${folder}/${name}-${process.pid}-${threadId}.jsonl`, `${JSON.stringify(line)}\n`)

const caller = () => new Error().stack.split('\n').slice(3, 12).map((line) => line.trim()).join(' < ')

const attempted = (at) => write(process.env.SOCKETS_FOLDER, 'sockets', { at, by: `${process.argv.slice(1, 4).join(' ')} ${caller()}`, test: process.env.SOCKETS_TEST })

const connected = (at) => write(process.env.SOCKETS_TRACE, 'connections', { at })

/** As on a machine without a network: no name has an address, and no address can be reached. */
const noNetwork = (host) => {
  const code = net.isIP(host) ? 'ENETUNREACH' : 'ENOTFOUND'
  return Object.assign(new Error(`${code} ${host}: no network`), { code, hostname: host })
}

const { value: connect } = Object.getOwnPropertyDescriptor(net.Socket.prototype, 'connect')
net.Socket.prototype.connect = function (...args) {
  const [{ path, host: given, port }] = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args)
  const host = given || 'localhost'
  if (!path) connected(`${host}:${port}`)
  if (path || isOwn(host)) return connect.apply(this, args)
  attempted(`${host}:${port}`)
  process.nextTick(() => this.destroy(noNetwork(host)))
  return this
}

const { lookup } = dns
dns.lookup = (host, ...rest) => {
  if (isKnown(host)) return lookup(host, ...rest)
  attempted(`the address of ${host}`)
  process.nextTick(() => rest.at(-1)(noNetwork(host)))
}
const lookupLater = dns.promises.lookup
dns.promises.lookup = async (host, ...rest) => {
  if (isKnown(host)) return lookupLater(host, ...rest)
  attempted(`the address of ${host}`)
  throw noNetwork(host)
}

/** Ways past these that nothing here has a use for. */
const forbid = (object, name) => {
  object[name] = (...args) => {
    attempted(`${name} ${args.map(String).join(' ')}`)
    throw noNetwork(name)
  }
}
for (const object of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
  for (const name of Object.getOwnPropertyNames(object).filter((name) => /^(resolve|reverse)/.test(name))) forbid(object, name)
for (const name of ['send', 'connect']) forbid(dgram.Socket.prototype, name)

/** Programs that cannot load this, and reach for nothing: tar reads an archive, esbuild compiles TypeScript, redis-server is called on loopback. */
const others = /(^|\/)(tar|esbuild|redis-server)$/

const isWatched = (file, environment) => others.test(file) || ((file === process.execPath || file === 'node') && environment.includes('sockets.cjs'))

const started = (file, environment) => isWatched(file, environment) || attempted(`${file}, a program that nobody watches`)

const { spawn } = childProcess.ChildProcess.prototype
childProcess.ChildProcess.prototype.spawn = function (options) {
  started(options.file, (options.envPairs ?? []).join('\n'))
  return spawn.call(this, options)
}
for (const name of ['spawnSync', 'execFileSync', 'execSync']) {
  const run = childProcess[name]
  childProcess[name] = (file, ...rest) => {
    const options = rest.flat().find((each) => typeof each === 'object' && each !== null)
    started(file, JSON.stringify(options?.env ?? process.env))
    return run(file, ...rest)
  }
}
syncBuiltinESMExports()
