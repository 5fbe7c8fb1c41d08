import mdx from '@astrojs/mdx';
import {defineConfig} from 'astro/config';

export default defineConfig({
  site: 'https://oven.example',
  base: '/crumbs',
  integrations: [mdx()],
  i18n: {defaultLocale: 'en', locales: ['en', 'fr']},
});
