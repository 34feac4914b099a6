internal import SLOModel
internal import SLOSupport

/// What bundlers write of the files they made.
extension SizeFormat {
  /// webpack's stats (<https://webpack.js.org/api/stats/>), as `webpack --json` and plugins of Rollup and Vite write
  /// them: the assets of one compilation, or of each of several.
  static let webpack = SizeFormat(
    name: "webpack-stats",
    recognises: { root throws(InputError) in
      guard root.kind == .object else { return false }
      let object = try root.object()
      if isCompilation(object) { return true }
      guard let first = try object.list("children")?.first, first.kind == .object else { return false }
      return isCompilation(try first.object())
    },
    run: { root throws(InputError) in
      let object = try root.object()
      var run = SizeRun()
      run.version = try object.text("version")
      if object["assets"] != nil {
        // Assets of compilations within this one are among its own.
        try add(object, prefix: "", to: &run)
      } else {
        try fail(&run, on: object)
        for child in try object.list("children") ?? [] {
          let child = try child.object()
          let name = try child.text("name") ?? ""
          try add(child, prefix: name.isEmpty ? "" : name + "/", to: &run)
        }
      }
      return run
    })

  private static func isCompilation(_ object: JSONObject) -> Bool {
    object["assets"]?.kind == .array
      && (object.contains("chunks") || object.contains("modules") || object.contains("entrypoints")
        || object.contains("assetsByChunkName") || object.contains("builtAt")
        || object.contains("outputPath"))
  }

  private static func add(_ compilation: JSONObject, prefix: String, to run: inout SizeRun) throws(InputError)
  {
    try fail(&run, on: compilation)
    let hidden = try compilation.number("filteredAssets") ?? 0
    if hidden > 0 {
      run.warnings.append(
        "\(counted(Int(saturating: hidden), "asset")) left out by the options of the stats: sizes are not those of"
          + " the whole build")
    }
    try add(assets: compilation.list("assets") ?? [], prefix, depth: 0, to: &run)
  }

  private static func add(
    assets: [JSONValue], _ prefix: String, depth: Int, to run: inout SizeRun
  ) throws(InputError) {
    for value in assets {
      let asset = try value.object()
      // Stats that were made to be read by people group their assets.
      if asset["name"] == nil, depth < 8, let group = try asset.list("children") {
        try add(assets: group, prefix, depth: depth + 1, to: &run)
        continue
      }
      guard let name = try asset.text("name"), let size = try asset.size("size") else {
        throw value.error(expected: "an asset with its \"name\" and \"size\"")
      }
      run.bundles.append(Bundle(name: prefix + name.prefix { $0 != "?" }, figures: ["raw": size]))
      try add(assets: asset.list("related") ?? [], prefix, depth: depth + 1, to: &run)
    }
  }

  /// A build that failed has sizes of its parts at most.
  private static func fail(_ run: inout SizeRun, on compilation: JSONObject) throws(InputError) {
    guard run.failure == nil, let first = try compilation.list("errors")?.first else { return }
    let message = first.kind == .object ? try first.object().text("message") : try? first.string()
    run.failure =
      "the build failed: \(UntrustedText.cleaned(message ?? "an error without a message", limit: 300))"
  }
}

extension SizeFormat {
  /// esbuild's metafile (<https://esbuild.github.io/api/#metafile>), which Bun writes as well.
  static let esbuild = SizeFormat(
    name: "esbuild-metafile",
    recognises: { root throws(InputError) in
      guard root.kind == .object, case let object = try root.object(), object["inputs"]?.kind == .object,
        let outputs = try object.object("outputs")
      else { return false }
      return outputs.values.allSatisfy { $0.kind == .object }
    },
    run: { root throws(InputError) in
      var run = SizeRun()
      for output in try root.object().object("outputs")?.members ?? [] {
        guard let size = try output.value.object().size("bytes") else {
          throw output.value.error(expected: "an output with its \"bytes\"")
        }
        run.bundles.append(Bundle(name: output.key, figures: ["raw": size]))
      }
      return run
    })

  /// The raw data of rollup-plugin-visualizer: a tree of the modules in each bundle, and what is known of each part.
  static let visualizer = SizeFormat(
    name: "rollup-visualizer",
    recognises: { root throws(InputError) in
      guard root.kind == .object else { return false }
      let object = try root.object()
      return object["tree"]?.kind == .object && object["nodeParts"]?.kind == .object
    },
    run: { root throws(InputError) in
      let object = try root.object()
      let options = try object.object("options")
      let keys: [(key: StaticString, metric: String)] = [
        ("renderedLength", "raw"), ("gzipLength", "gzip"), ("brotliLength", "brotli"),
      ]
      var parts: [String: [String: Double]] = [:]
      for part in try object.object("nodeParts")?.members ?? [] {
        let lengths = try part.value.object()
        for (key, metric) in keys {
          // What was not asked for is written as 0.
          if metric == "gzip", options?["gzip"].map({ (try? $0.boolean()) ?? false }) == false { continue }
          if metric == "brotli", options?["brotli"].map({ (try? $0.boolean()) ?? false }) == false {
            continue
          }
          parts[part.key, default: [:]][metric] = try lengths.size(key)
        }
      }
      var run = SizeRun()
      run.notices = [
        "sizes are those of the modules before they were minified, each compressed by itself: the folder of the build has"
          + " those of the files"
      ]
      for bundle in try object.object("tree")?.list("children") ?? [] {
        let node = try bundle.object()
        guard let name = try node.text("name") else {
          throw bundle.error(expected: "a bundle with its \"name\"")
        }
        run.bundles.append(Bundle(name: name, figures: try figures(of: node, parts)))
      }
      return run
    })

  private static func figures(
    of node: JSONObject, _ parts: [String: [String: Double]]
  ) throws(InputError) -> [String: Double] {
    var sums = try node.text("uid").flatMap { parts[$0] } ?? [:]
    for child in try node.list("children") ?? [] {
      sums.merge(try figures(of: child.object(), parts), uniquingKeysWith: +)
    }
    return sums
  }
}
