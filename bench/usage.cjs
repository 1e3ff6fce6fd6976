// Loaded into a measured process: tells its CPU time (µs) and memory (bytes) when asked over the IPC channel. With --expose-gc,
// garbage is collected first.
process.on('message', () => {
  global.gc?.()
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  process.send({ cpu: user + system, rss, heap: heapUsed })
})
process.channel.unref()
