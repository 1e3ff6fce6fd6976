import { Misuse, sentence } from './misuse.ts'
import { stdio } from './stdio.ts'
import type { World } from './world.ts'

/** Runs the program to its end and answers its exit code: 0, 1 for a failure, 2 for wrong use. */
export const main = async (world: World): Promise<0 | 1 | 2> => {
  try {
    await run(world)
    return 0
  } catch (error) {
    world.stderr.write(`intercom-mcp: ${sentence(error)}\n`)
    return error instanceof Misuse ? 2 : 1
  }
}

/** The way clients start it needs no parser, and none is loaded. */
const run = async (world: World): Promise<void> => {
  if (world.args.length === 0) return stdio({}, world)
  const { parse } = await import('./command-line.ts')
  await parse(world)
}
