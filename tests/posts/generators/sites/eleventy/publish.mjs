// Let Eleventy publish this site, and keep what it made of each post.
//
//     node publish.mjs FOLDER
//
// FOLDER is where Eleventy is installed: `npm install @11ty/eleventy@3` makes its node_modules.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = path.resolve(process.argv[2], "node_modules/@11ty/eleventy");
const here = path.dirname(fileURLToPath(import.meta.url));
const site = "https://bread.example/crumbs";
// What searchsvc takes for collections: the tags of whole folders.
const collections = ["posts", "notes"];

process.chdir(here);
const { default: Eleventy } = await import(pathToFileURL(path.join(folder, "src/Eleventy.js")));
const { version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json")));
const eleventy = new Eleventy(undefined, undefined, {
	quietMode: true,
	config: (config) => ["page", "title", "tags", "lang", "kind"].forEach((key) => config.dataFilterSelectors.add(key)),
});
const pages = await eleventy.toJSON();

const text = (html) => (html ?? "").replace(/\s+/g, " ").trim();
const told = ({ url, inputPath, data }) => ({
	path: inputPath.replace("./", ""),
	url: site + url,
	title: data.title,
	date: data.page.date.toISOString().slice(0, 10),
	tags: (data.tags ?? []).filter((tag) => !collections.includes(tag)),
	...(text(data.page.excerpt) && { excerpt: text(data.page.excerpt) }),
	...(data.lang && { language: data.lang }),
});
const posts = pages
	.filter((page) => page.url && page.data.kind !== "page")
	.map(told)
	.sort((a, b) => (a.path < b.path ? -1 : 1));
const shown = new Set(posts.map((post) => post.path));
const absent = fs
	.readdirSync(here, { recursive: true })
	.map(String)
	.filter((name) => /\.(md|njk)$/.test(name) && !shown.has(name))
	.sort();

const published = { made_with: `Eleventy ${version}`, posts, absent };
fs.writeFileSync("published.json", JSON.stringify(published, null, 1) + "\n");
