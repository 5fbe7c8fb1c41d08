export default {
	tags: ["notes"],
	permalink: "/n/{{ page.fileSlug }}/",
	eleventyComputed: { year: (data) => data.page.date.getFullYear() },
};
