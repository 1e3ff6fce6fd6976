import { build } from 'esbuild'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const here = import.meta.dirname

export type Programs = Awaited<ReturnType<typeof bundle>>

/** The servers to measure, in a folder that whoever asked removes: each one minified file: ours as it is published, the others bundled the same way. */
export const bundle = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-bench-'))
  await build({
    entryPoints: ['bare-stdio', 'bare-http', 'bare-node', 'library', 'upstream', 'workspace-load', 'workspace-ask'].map((name) => join(here, `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.18',
    define: { 'import.meta.url': '__filename' },
    external: ['@photostructure/sqlite'],
    legalComments: 'none',
    logLevel: 'warning',
  })
  return {
    folder,
    ours: resolve(here, '../dist/intercom-mcp.js'),
    bareStdio: join(folder, 'bare-stdio.cjs'),
    bareHttp: join(folder, 'bare-http.cjs'),
    bareNode: join(folder, 'bare-node.cjs'),
    library: join(folder, 'library.cjs'),
    upstream: join(folder, 'upstream.cjs'),
    workspaceLoad: join(folder, 'workspace-load.cjs'),
    workspaceAsk: join(folder, 'workspace-ask.cjs'),
  }
}
