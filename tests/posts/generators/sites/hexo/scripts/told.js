// What Hexo thinks of each post, for publish.py.
const fs = require('fs');

const told = post => ({
  path: hexo.config.source_dir + '/' + post.source,
  url: post.permalink,
  title: post.title,
  date: post.date.clone().tz(hexo.config.timezone).format('YYYY-MM-DD'),
  categories: post.categories.map(category => category.name),
  tags: post.tags.map(tag => tag.name),
  excerpt: post.excerpt || '',
});

hexo.extend.filter.register('after_generate', () => {
  const posts = hexo.locals.get('posts').toArray().map(told);
  fs.writeFileSync('told.json', JSON.stringify({made_with: 'Hexo ' + hexo.version, posts}));
});
