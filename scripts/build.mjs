// Builds dist/: a launcher, and everything else bundled beside it, so that no package is needed. `--metafile` tells what is in it.
import { analyzeMetafile, build, transform } from 'esbuild'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { leanSdk } from './lean-sdk.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.18',
  charset: 'ascii', // the launcher reads it as such
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
}

/** Modules whose one function tells what all nouns declare, by its name: computed once here, so that nothing loads them all to know it. */
const computed = { published: 'src/tools/published.ts', routes: 'src/workspace/routes.ts' }

const answerOf = async (name) => {
  const folder = await mkdtemp(join(tmpdir(), 'intercom-mcp-'))
  try {
    const outfile = join(folder, `${name}.mjs`)
    await build({ ...shared, format: 'esm', entryPoints: [computed[name]], outfile })
    const module = await import(pathToFileURL(outfile))
    return JSON.stringify(await module[name]())
  } finally {
    await rm(folder, { recursive: true })
  }
}

const prebuilt = {
  name: 'prebuilt',
  setup: ({ onLoad }) => {
    for (const [name, path] of Object.entries(computed))
      onLoad({ filter: new RegExp(`[/\\\\]${path.replaceAll('/', '[/\\\\]')}$`) }, async () => ({
        // parsing JSON is faster than evaluating the same as an object literal
        contents: `export const ${name} = async () => JSON.parse(${JSON.stringify(await answerOf(name))})`,
      }))
  },
}

/** Splits the bundle where the source imports dynamically, so that nothing is read before it is needed. */
const bundle = async () => {
  const { outputFiles, metafile } = await build({
    ...shared,
    format: 'esm', // the only format esbuild splits
    mainFields: ['module', 'main'], // of what is written in both, only ES modules can be shaken
    splitting: true,
    write: false,
    metafile: true,
    entryPoints: ['src/cli/main.ts'],
    outdir: 'dist/parts',
    external: ['@photostructure/sqlite'],
    plugins: [prebuilt, leanSdk],
    define: { 'import.meta.url': '__filename' }, // createRequire takes either
  })
  const parts = outputFiles.map(async ({ path, text }) => ({ path, code: await commonJs(text) }))
  return { parts: await Promise.all(parts), metafile }
}

/** CommonJS starts 10 ms sooner than ESM, and can be given compiled code. */
const commonJs = async (text) => {
  const options = only(shared, 'platform', 'target', 'charset', 'legalComments')
  const { code } = await transform(text, { ...options, format: 'cjs', supported: { 'dynamic-import': false } })
  // esbuild cannot know that parts were ESM, and would copy their exports at every dynamic import
  const direct = code.replace(/__toESM\(require\("(\.\/[^"]+)"\)\)/g, 'require("$1")')
  return inAscii((await transform(direct, { ...options, minify: shared.minify })).code)
}

/** esbuild escapes what is in strings, but leaves regular expressions as they are. */
const inAscii = (code) => code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

const only = (object, ...keys) => Object.fromEntries(keys.map((key) => [key, object[key]]))

const { parts, metafile } = await bundle()
const hash = createHash('sha256').update(parts.map(({ code }) => code).join()).digest('hex').slice(0, 16)

// made beside the old one and then put in its place, so that a server started meanwhile finds a whole one
const draft = join(root, `dist.${process.pid}`)
await mkdir(join(draft, 'parts'), { recursive: true })
await Promise.all(parts.map(({ path, code }) => writeFile(join(draft, 'parts', basename(path)), code)))
await build({
  ...shared,
  format: 'cjs',
  entryPoints: ['src/cli/launcher.ts'],
  outfile: join(draft, 'intercom-mcp.js'),
  define: { BUILD: JSON.stringify(`${version}-${hash}`) },
  banner: { js: '#!/usr/bin/env node' },
})
await writeFile(join(draft, 'package.json'), '{ "type": "commonjs" }\n')
await rm(join(root, 'dist'), { recursive: true, force: true })
await rename(draft, join(root, 'dist'))
if (process.argv.includes('--metafile')) console.log(await analyzeMetafile(metafile))
