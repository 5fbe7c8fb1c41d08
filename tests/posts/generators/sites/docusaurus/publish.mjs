// Publish this site with Docusaurus and keep what it makes of each post.
//
//     NODE_ENV=production NODE_PATH=…/node_modules node publish.mjs
//
// needs @docusaurus/core and @docusaurus/preset-classic in the folder that NODE_PATH names.

import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const require = createRequire(import.meta.url);
const source = path.dirname(fileURLToPath(import.meta.url));
const site = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'site-')));
fs.cpSync(source, site, {recursive: true});

const {loadSite} = require('@docusaurus/core/lib/server/site');
const {applyTrailingSlash} = require('@docusaurus/utils-common');
const fromLoader = createRequire(require.resolve('@docusaurus/mdx-loader'));
const load = async (name) => import(pathToFileURL(fromLoader.resolve(name)));
const {createProcessor} = await load('@mdx-js/mdx');
const remarkGfm = (await load('remark-gfm')).default;
const remarkDirective = (await load('remark-directive')).default;
const remarkComment = (await load('@slorber/remark-comment')).default;
const processor = createProcessor({
  remarkPlugins: [remarkGfm, remarkDirective, [remarkComment, {ast: true}]],
});

/** The words of a piece of MDX, as a reader sees them. */
function textOf(node) {
  if (node.type === 'mdxTextExpression') return /^(["'])(.*)\1$/.exec(node.value)?.[2] ?? '';
  if (node.type === 'comment') return '';
  const inner = (node.children ?? []).map(textOf).join('');
  const isBlock = ['paragraph', 'heading', 'code'].includes(node.type);
  const isText = ['text', 'inlineCode', 'code'].includes(node.type);
  return (isText ? node.value : inner) + (isBlock ? ' ' : '');
}

function said(post, marker, {url, baseUrl, trailingSlash}, language) {
  const {metadata, content} = post;
  const link = applyTrailingSlash(metadata.permalink, {trailingSlash, baseUrl});
  const told = {
    path: metadata.source.replace('@site/', ''),
    url: url + encodeURI(link),
    title: metadata.title,
    date: metadata.date.toISOString().slice(0, 10),
    categories: [],
    tags: metadata.tags.map((tag) => tag.label),
    language,
  };
  const before = content.split(marker);
  if (before.length > 1 && !content.includes('```')) {
    told.excerpt = textOf(processor.parse(before[0])).split(/\s+/).join(' ').trim();
  }
  return told;
}

const posts = new Map();
for (const locale of ['en', 'fr', 'pt-BR']) {
  const {props} = await loadSite({siteDir: site, locale});
  for (const {name, content, options} of props.plugins) {
    if (name !== 'docusaurus-plugin-content-blog') continue;
    for (const post of content.blogPosts) {
      if (post.metadata.unlisted) continue;
      const language = locale.slice(0, 2);
      const told = said(post, options.truncateMarker, props.siteConfig, language);
      // What has no translation is published once more as it is.
      if (locale === 'en' || told.path.startsWith('i18n/')) posts.set(told.path, told);
    }
  }
}

const all = fs.readdirSync(source, {recursive: true}).filter((name) => /\.mdx?$/.test(name));
const byPath = (a, b) => (a.path < b.path ? -1 : 1);
const result = {
  made_with: `Docusaurus ${require('@docusaurus/core/package.json').version}`,
  posts: [...posts.values()].sort(byPath),
  absent: all.filter((name) => !posts.has(name)).sort(),
};
fs.writeFileSync(path.join(source, 'published.json'), `${JSON.stringify(result, null, 1)}\n`);
fs.rmSync(site, {recursive: true});
process.exit();
