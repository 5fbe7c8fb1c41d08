// Keep what the parser of MDX itself takes for words in each of these files.
//
//     NODE_PATH=…/node_modules node parse.mjs
//
// needs @docusaurus/mdx-loader, which brings the parser along, in the folder that NODE_PATH names.

import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const require = createRequire(import.meta.url);
const here = path.dirname(fileURLToPath(import.meta.url));
const fromLoader = createRequire(require.resolve('@docusaurus/mdx-loader'));
const load = async (name) => import(pathToFileURL(fromLoader.resolve(name)));
const {createProcessor} = await load('@mdx-js/mdx');
const remarkGfm = (await load('remark-gfm')).default;
const remarkDirective = (await load('remark-directive')).default;
const processor = createProcessor({remarkPlugins: [remarkGfm, remarkDirective]});

const BLOCKS = ['paragraph', 'heading', 'code', 'tableCell', 'break', 'mdxJsxFlowElement'];

function textOf(node) {
  if (/Expression$/.test(node.type)) return /^(["'])([^"']*)\1$/.exec(node.value)?.[2] ?? '';
  if (node.type === 'textDirective') return `:${node.name}`;
  const inner = (node.children ?? []).map(textOf).join('');
  const isText = ['text', 'inlineCode', 'code'].includes(node.type);
  const isBreak = BLOCKS.includes(node.type) || node.name === 'br';
  return (isText ? node.value : inner) + (isBreak ? ' ' : '');
}

const words = {};
for (const name of fs.readdirSync(here).filter((file) => file.endsWith('.mdx')).sort()) {
  const tree = processor.parse(fs.readFileSync(path.join(here, name), 'utf8'));
  words[name] = textOf(tree).split(/\s+/).filter(Boolean).join(' ');
}
fs.writeFileSync(path.join(here, 'words.json'), `${JSON.stringify(words, null, 1)}\n`);
