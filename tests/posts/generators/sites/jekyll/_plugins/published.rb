# Writes what Jekyll makes of its posts, as lines of JSON, to the file that SEARCHSVC_PUBLISHED names.

require "json"

Jekyll::Hooks.register :site, :post_render do |site|
  address = "#{site.config["url"]}#{site.config["baseurl"]}"
  posts = site.posts.docs.map do |post|
    {
      :path => post.path.delete_prefix("#{Dir.pwd}/"),
      :url => address + post.url,
      :title => post.data["title"].to_s,
      :date => post.date.strftime("%Y-%m-%d"),
      :categories => post.data["categories"],
      :tags => post.data["tags"],
      :excerpt => post.data["excerpt"].to_s,
      :language => post.data["lang"],
    }
  end
  File.write(ENV.fetch("SEARCHSVC_PUBLISHED"), JSON.pretty_generate(posts))
end
