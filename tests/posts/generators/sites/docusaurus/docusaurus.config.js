// @ts-check
const base = '/crumbs';

/** @type {import('@docusaurus/types').Config} */
const config = {
  title: "The oven's log",
  url: process.env.OVEN_URL ?? 'https://oven.example', // a comment, with { and '
  baseUrl: `${base}/`,
  onBrokenLinks: 'ignore',
  i18n: {
    defaultLocale: 'en',
    locales: ['en', 'fr', 'pt-BR'],
    localeConfigs: {'pt-BR': {path: 'pt', baseUrl: '/crumbs/br/'}},
  },
  presets: [
    [
      'classic',
      /** @type {import('@docusaurus/preset-classic').Options} */
      ({
        docs: false,
        blog: {
          path: 'log',
          routeBasePath: 'log',
          showReadingTime: true,
          onUntruncatedBlogPosts: 'ignore',
          onInlineTags: 'ignore',
          onInlineAuthors: 'ignore',
        },
      }),
    ],
  ],
  plugins: [
    [
      '@docusaurus/plugin-content-blog',
      {
        id: 'news',
        path: './news',
        routeBasePath: '/',
        include: ['*.md', 'deep/**/*.mdx'],
        exclude: ['**/*.draft.*'],
        truncateMarker: /<!--\s*(?:cut|more)\s*-->/i,
        tags: false,
        onUntruncatedBlogPosts: 'ignore',
      },
    ],
  ],
  trailingSlash: true,
};

module.exports = config;
