import { allOperations, type Noun } from '../contract/nouns.ts'

/** Which operation a method and a path with `{variables}` lead to. */
export interface Lead {
  readonly noun: Noun
  readonly name: string
  readonly route: string
}

/** Every route of the contract. The build puts the finished list in this module's place, since making every noun's schemas takes long. */
export const routes = async (): Promise<readonly Lead[]> =>
  (await allOperations()).map(({ noun, operation: { name, route } }) => ({ noun, name, route }))
