// Publish this site with Astro and keep what it makes of each post.
//
//     node publish.mjs …/node_modules
//
// needs astro and @astrojs/mdx in the folder that is named.

import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const modules = path.resolve(process.argv[2]);
const source = path.dirname(fileURLToPath(import.meta.url));
const site = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'site-')));
fs.cpSync(source, site, {recursive: true});
fs.symlinkSync(modules, path.join(site, 'node_modules'));
fs.writeFileSync(path.join(site, 'package.json'), '{"type": "module"}');
const astro = path.join(modules, 'astro/bin/astro.mjs');
const env = {...process.env, ASTRO_TELEMETRY_DISABLED: '1'};
execFileSync(process.execPath, [astro, 'build', '--silent'], {cwd: site, env, stdio: 'inherit'});

const files = (folder, end) =>
  fs.readdirSync(folder, {recursive: true}).filter((name) => end.test(name));
const posts = [];
for (const name of files(path.join(site, 'dist'), /\.html$/)) {
  const html = fs.readFileSync(path.join(site, 'dist', name), 'utf8');
  const told = /<script[^>]*id="told"[^>]*>(.*?)<\/script>/s.exec(html);
  if (told) posts.push(JSON.parse(told[1]));
}
posts.sort((a, b) => (a.path < b.path ? -1 : 1));
const found = new Set(posts.map((post) => post.path));
const {version} = JSON.parse(fs.readFileSync(path.join(modules, 'astro/package.json'), 'utf8'));
const result = {
  made_with: `Astro ${version}`,
  posts,
  absent: files(source, /\.mdx?$/).filter((name) => !found.has(name)).sort(),
};
fs.writeFileSync(path.join(source, 'published.json'), `${JSON.stringify(result, null, 1)}\n`);
fs.rmSync(site, {recursive: true});
