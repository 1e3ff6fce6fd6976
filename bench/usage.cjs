// Loaded into a measured process: tells its CPU time (µs) and memory (bytes) when asked over the IPC channel.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send({ cpu: user + system, rss: process.memoryUsage.rss() })
})
process.channel.unref()
