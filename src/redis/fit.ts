/** The run of a Redis, from its INFO. Throws an Error that says what to change when it may forget what it must keep. */
export const fit = (info: string): string => {
  const facts = new Map(info.split(/\r?\n/).map((line) => line.split(':', 2) as [string, string]))
  const [run, version, mode, policy, memory] = ['run_id', 'redis_version', 'redis_mode', 'maxmemory_policy', 'maxmemory'].map((name) => facts.get(name) ?? '')
  if (run === '') throw new Error('INFO tells no run_id; allow this user the command')
  if (parseInt(version!) < 7) throw new Error(`it is Redis ${version}, and 7 is needed`)
  if (mode === 'cluster' || mode === 'sentinel') throw new Error(`it is a ${mode}; give the address of a single Redis`)
  if (memory !== '0' && policy !== 'noeviction') throw new Error(`it may forget used confirmations, since its maxmemory-policy is ${policy}; set noeviction`)
  return run!
}
