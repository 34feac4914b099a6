/// Files of other tools that limits can be taken from.
package enum ImportFormat: String, Sendable, CaseIterable {
  /// Thresholds of k6: a summary's, or those of a script's options.
  case k6
  /// Performance baselines as runbooks keep them.
  case baselines
  /// Lighthouse's `budget.json`.
  case lighthouse
  /// Lighthouse CI's configuration.
  case lighthouseCI = "lighthouserc"
  /// sitespeed.io's `budget.json`.
  case sitespeed
  /// Limits of size-limit, bundlesize and bundlewatch.
  case sizes
  /// OpenSLO, version 1.
  case openSLO = "openslo"
}

extension ImportFormat {
  /// What a file of the format holds.
  var contents: String {
    switch self {
    case .k6: "k6's thresholds"
    case .baselines: "baselines: sections of figures named by metric and unit"
    case .lighthouse: "a Lighthouse budget: a list of pages with resourceSizes, resourceCounts or timings"
    case .lighthouseCI: "Lighthouse CI's assertions"
    case .sitespeed: "a sitespeed.io budget: sections such as timings and requests under 'budget'"
    case .sizes:
      "limits of sizes: a list of files, each with a limit (size-limit) or a maxSize (bundlesize, bundlewatch)"
    case .openSLO: "OpenSLO's objects"
    }
  }

  /// How to write the least of it.
  var example: String {
    switch self {
    case .k6: #"{"thresholds": {"http_req_duration": ["p(95)<400"]}}"#
    case .baselines: #"{"api_latency": {"p95_ms": 500}}"#
    case .lighthouse: #"[{"path": "/*", "timings": [{"metric": "interactive", "budget": 3000}]}]"#
    case .lighthouseCI:
      #"{"ci": {"assert": {"assertions": {"categories:performance": ["error", {"minScore": 0.9}]}}}}"#
    case .sitespeed: #"{"budget": {"timings": {"SpeedIndex": 3000}}}"#
    case .sizes: #"[{"path": "dist/app.js", "limit": "100 kB"}]"#
    case .openSLO: "apiVersion: openslo/v1, kind: SLO, spec: { objectives: [{ target: 0.99 }] }"
    }
  }

  /// The format of documents, by what is in them; nil for none of these.
  init?(of documents: [YAMLNode]) {
    guard let root = documents.first else { return nil }
    if OpenSLOImport.recognises(documents) {
      self = .openSLO
    } else if LighthouseBudgetImport.recognises(root) {
      self = .lighthouse
    } else if LighthouseCIImport.recognises(root) {
      self = .lighthouseCI
    } else if SizeLimitsImport.recognises(root) {
      self = .sizes
    } else if SitespeedImport.recognises(root) {
      self = .sitespeed
    } else if K6ThresholdImport.recognises(root) {
      self = .k6
    } else if BaselinesImport.recognises(root) {
      self = .baselines
    } else {
      return nil
    }
  }
}
