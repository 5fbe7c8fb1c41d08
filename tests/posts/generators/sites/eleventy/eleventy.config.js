const CONTENT = "content"; // found by searchsvc without running this

export default function (eleventyConfig) {
	eleventyConfig.setFrontMatterParsingOptions({
		excerpt: true,
		excerpt_separator: "<!-- excerpt -->",
	});
	eleventyConfig.ignores.add("content/posts/ignored.md");

	return { dir: { input: CONTENT, includes: "../_includes" }, pathPrefix: "/crumbs/" };
}
