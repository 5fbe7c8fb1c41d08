module.exports = () => ({ permalink: `/deep/{{ page.fileSlug }}.html`, lang: "fr" });
