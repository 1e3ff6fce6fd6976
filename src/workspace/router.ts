import { allOperations, type Noun } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import { match } from '../contract/wire.ts'
import { Rejection } from './handler.ts'

export interface Route {
  readonly noun: Noun
  readonly operation: Operation
}

/** Finds the operation of a request: the path first, then the method. `methods` are those that the path knows. */
export type Router = (method: string, path: string) => { route: Route | undefined; methods: readonly string[] }

/** Routes derived from the contract. [inferred] A fixed segment goes before a variable one, whatever the method: /contacts/search is never a contact. */
export const router = async (): Promise<Router> => {
  const routes = (await allOperations()).map((route) => ({ ...route, ...split(route.operation) }))
  routes.sort((a, b) => (a.shape < b.shape ? -1 : 1))
  return (method, path) => {
    const length = path.split('/').length
    const template = routes.find((route) => route.length === length && match(route.operation, path))?.template
    if (template === undefined) throw new Rejection(400, 'intercom_version_invalid', 'Requested resource is not available in current API version')
    const here = routes.filter((route) => route.template === template)
    return { route: here.find((route) => route.method === method), methods: here.map((route) => route.method) }
  }
}

/** `template` is the path with its variables' names left out; `shape` puts paths with early fixed segments first. */
const split = ({ route }: Operation) => {
  const [method = '', path = ''] = route.split(' ')
  const template = path.replace(/\{[^}]+\}/g, '{}')
  return { method, template, length: template.split('/').length, shape: template.replace(/[^/{]+/g, (part) => (part === '}' ? '' : '!')) }
}
