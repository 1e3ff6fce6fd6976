import type { ServerNotifier } from '@modelcontextprotocol/server'
import { lackOf, type Permissions } from '../client/permissions.ts'
import { isOperationTool, type PublishedTool } from '../tools/tool.ts'
import type { Offer } from './offer.ts'

/** What is made for what the token is known to lack, once for each change of that. */
export const forLack = <T>(permissions: Permissions, make: (lacking: ReadonlySet<string>) => T): (() => T) => {
  let made: { readonly lacking: ReadonlySet<string>; readonly value: T } | undefined
  return () => {
    const lacking = permissions.lacking()
    if (made?.lacking !== lacking) made = { lacking, value: make(lacking) }
    return made.value
  }
}

/** Whether a tool needs one of these permissions. The others, which run or read what they are told to, need none for sure. */
const needs = (tool: PublishedTool, permissions: ReadonlySet<string>): boolean => isOperationTool(tool) && lackOf(permissions, tool.permission) !== undefined

/** Those of some tools that the token is not known to lack the permission for. */
export const affordable = <T extends PublishedTool>(tools: readonly T[], lacking: ReadonlySet<string>): readonly T[] =>
  lacking.size === 0 ? tools : tools.filter((tool) => !needs(tool, lacking))

/** Someone who has lists of an offer. */
export interface Holder {
  readonly offer: Pick<Offer, 'tools' | 'operations'>
  readonly told: Pick<ServerNotifier, 'toolsChanged' | 'resourcesChanged' | 'promptsChanged'>
}

/** Tells whoever has them then of lists that change with what the token is known to lack. Returns how to stop. */
export const tellChanges = (permissions: Permissions, holders: () => readonly Holder[]): (() => void) => {
  let before = permissions.lacking()
  return permissions.watch(() => {
    const now = permissions.lacking()
    const changed = new Set([...before, ...now].filter((permission) => !before.has(permission) || !now.has(permission)))
    before = now
    for (const { offer, told } of holders()) tell(offer, told, changed)
  })
}

/** Prompts name tools that are listed and, by their executors, others: any operation may be in one. */
const tell = ({ tools, operations }: Holder['offer'], told: Holder['told'], changed: ReadonlySet<string>): void => {
  if (tools.some((tool) => needs(tool, changed))) told.toolsChanged()
  if (operations.some((tool) => tool.resource !== undefined && needs(tool, changed))) told.resourcesChanged()
  told.promptsChanged()
}
