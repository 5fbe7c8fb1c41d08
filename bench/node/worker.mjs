// One job of the benchmark, done with MiniSearch; the same as bench/worker.py does for engines
// in Python. MiniSearch finds and ranks; counting, browsing and marking are what its users write
// around it.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import MiniSearch from 'minisearch'

const TAGS_SHOWN = 20
const PER_PAGE = 10
const OPTIONS = { fields: ['title', 'excerpt', 'labels'] }
const WEIGHTS = { title: 3, labels: 3 }

const readPosts = (path) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

function build(posts, folder) {
  const index = new MiniSearch(OPTIONS)
  const labels = (post) => [...post.categories, ...post.tags].join(' ')
  index.addAll(posts.map((post, id) => ({ ...post, id, labels: labels(post) })))
  writeFileSync(join(folder, 'index.json'), JSON.stringify(index))
}

class Engine {
  constructor(posts, folder) {
    this.posts = posts
    this.index = MiniSearch.loadJSON(readFileSync(join(folder, 'index.json'), 'utf8'), OPTIONS)
    const isLater = (a, b) => (posts[a].date < posts[b].date ? 1 : -1)
    this.newestFirst = [...posts.keys()].sort(isLater).map((id) => ({ id, match: {} }))
  }

  ask(asked, counts) {
    const posts = this.posts
    // Counts of categories leave out their own filter.
    const wider = this.find(asked)
    const found = asked.category
      ? wider.filter(({ id }) => posts[id].categories.includes(asked.category))
      : wider
    const page = found.slice((asked.page - 1) * PER_PAGE, asked.page * PER_PAGE)
    return {
      total: found.length,
      html: page.map(({ id, match }) =>
        ['title', 'excerpt'].map((field) => marked(posts[id][field], match)),
      ),
      tags: counts ? this.count(found, 'tags', TAGS_SHOWN) : null,
      categories: counts ? this.count(wider, 'categories', Infinity) : null,
    }
  }

  find(asked) {
    const hasTag = ({ id }) => this.posts[id].tags.includes(asked.tag)
    if (!asked.words.length) return asked.tag ? this.newestFirst.filter(hasTag) : this.newestFirst
    return this.index.search(asked.words.join(' '), {
      boost: WEIGHTS,
      combineWith: asked.match === 'any' ? 'OR' : 'AND',
      prefix: asked.prefix ? (_term, n, terms) => n === terms.length - 1 : false,
      fuzzy: asked.typo ? 1 : false,
      filter: asked.tag ? hasTag : undefined,
    })
  }

  count(found, field, shown) {
    const counts = new Map()
    for (const { id } of found)
      for (const value of this.posts[id][field]) counts.set(value, (counts.get(value) ?? 0) + 1)
    return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, shown)
  }
}

function marked(text, match) {
  return text.replace(/\w+/g, (word) =>
    Object.hasOwn(match, word.toLowerCase()) ? `<mark>${word}</mark>` : word,
  )
}

function cpuOf(work) {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  return [user + system, result]
}

function comparable({ total, html, tags, categories }) {
  const isMarked = ([title, excerpt]) => (title + excerpt).includes('<mark>')
  return {
    total,
    shown: html.length,
    marked: html.filter(isMarked).length,
    tags: tags && Object.fromEntries(tags),
    categories: categories && Object.fromEntries(categories),
  }
}

const job = JSON.parse(readFileSync(0, 'utf8'))
const posts = readPosts(job.posts)
if (job.do === 'build') {
  const [cpu] = cpuOf(() => build(posts, job.folder))
  console.log(JSON.stringify({ cpu_s: cpu / 1e6 }))
} else {
  const engine = new Engine(posts, job.folder)
  for (const asked of job.warm_up) engine.ask(asked, job.counts)
  const done = job.asked.map((asked) => cpuOf(() => engine.ask(asked, job.counts)))
  const cpu_us = done.map(([cpu]) => cpu)
  console.log(JSON.stringify({ cpu_us, answers: done.map(([, given]) => comparable(given)) }))
}
