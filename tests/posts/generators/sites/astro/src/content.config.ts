import {defineCollection, z} from 'astro:content';
import {glob} from 'astro/loaders';

const dated = z.object({
  title: z.string(),
  pubDate: z.coerce.date(),
  description: z.string().optional(),
  category: z.string().optional(),
  tags: z.array(z.string()).default([]),
  draft: z.boolean().default(false),
});

const blog = defineCollection({
  loader: glob({pattern: '**/[^_]*.{md,mdx}', base: './src/content/blog'}),
  schema: dated,
});

const notes = defineCollection({
  // Not below src/content.
  loader: glob({pattern: '*.md', base: `./notes`}),
  schema: dated,
});

const authors = defineCollection({
  loader: glob({pattern: '**/*.md', base: 'src/authors'}),
});

export const collections = {blog, notes, authors};
