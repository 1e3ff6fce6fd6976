// Loaded into the server through NODE_OPTIONS: by its clock half a minute and a bit passes with each SIGUSR2.
const now = Date.now
let ahead = 0

Date.now = () => now() + ahead
process.on('SIGUSR2', () => {
  ahead += 31_000
})
