internal import SLOModel
internal import SLOSupport

/// The pools of a run, each with how much of it was in use at every snapshot.
struct Pools {
  /// One pool.
  struct Pool {
    /// What distinguishes it, as the name of a subject; empty where it is the only one.
    var subject: String
    /// The metric of what is in use, for people.
    var metric: String
    /// The share in use, of the snapshots that say it, 0 … 1.
    var shares: [(snapshot: Int, share: Double)]
  }

  private(set) var pools: [Pool] = []

  init(_ metrics: [String: ExposedMetric], _ figures: MetricFigures) {
    let run = figures.run
    for pair in Pools.pairs {
      guard let used = metrics[pair.used], let most = metrics[pair.most] else { continue }
      add(used, most, pair, figures)
    }
    for metric in metrics.values.sorted(by: { $0.name < $1.name }) where Pools.isShare(metric) {
      for series in metric.series {
        let shares = run.points(series).map { ($0.snapshot, min(1, max(0, $0.value))) }
        let labels = LabelSet(written: run.table.labelsOfSeries[Int(series)])
        pools.append(Pool(subject: labels.subject, metric: metric.name, shares: shares))
      }
    }
  }

  /// Each pool is one series of what it can hold at most; what is in use is added up over the labels that the limit does
  /// not have, such as the state of a connection.
  private mutating func add(
    _ used: ExposedMetric, _ most: ExposedMetric, _ pair: Pair, _ figures: MetricFigures
  ) {
    let run = figures.run
    let labels = { (series: Int32) in LabelSet(written: run.table.labelsOfSeries[Int(series)]) }
    let usedNames = Set(used.series.flatMap { labels($0).labels.map(\.name) })
    let mostNames = Set(most.series.flatMap { labels($0).labels.map(\.name) })
    let common = usedNames.intersection(mostNames)
    var parts: [LabelSet: [Int32]] = [:]
    for series in used.series {
      let own = labels(series)
      if let state = pair.state, own[state.label] != state.value { continue }
      parts[own.only(common), default: []].append(series)
    }
    for series in most.series {
      let own = labels(series).only(common)
      guard let users = parts[own] else { continue }
      let level = figures.levels(of: users)
      var shares: [(Int, Double)] = []
      var limits = run.points(series)[...]
      var limit: Double?
      for (snapshot, value) in zip(level.snapshots, level.values) {
        while let next = limits.first, next.snapshot <= snapshot {
          limit = next.value
          limits = limits.dropFirst()
        }
        // A pool without a limit is never full.
        if let limit, limit > 0 { shares.append((snapshot, min(1, max(0, value / limit)))) }
      }
      if !shares.isEmpty { pools.append(Pool(subject: own.subject, metric: used.name, shares: shares)) }
    }
  }

  /// A gauge that says itself what share of a pool is in use.
  private static func isShare(_ metric: ExposedMetric) -> Bool {
    guard metric.kind == .gauge, metric.name.contains("pool") else { return false }
    let words = DeadLetterWords.words(of: metric.name)
    return metric.name == "vertx_pool_ratio"
      || words.contains("pool") && words.last == "ratio"
        && !Set(words).isDisjoint(with: ["utilization", "utilisation", "usage", "used", "active", "busy"])
  }

  /// Two metrics that make a pool.
  private struct Pair {
    let used: String
    let most: String
    /// The state that counts as in use, where one metric has all.
    let state: (label: String, value: String)?

    init(_ used: String, _ most: String, state: (String, String)? = nil) {
      (self.used, self.most, self.state) = (used, most, state)
    }
  }

  /// What common exporters and libraries call them.
  private static let pairs = [
    Pair("hikaricp_connections_active", "hikaricp_connections_max"),
    Pair("jdbc_connections_active", "jdbc_connections_max"),
    Pair("r2dbc_pool_acquired_connections", "r2dbc_pool_max_allocated_connections"),
    Pair("tomcat_threads_busy_threads", "tomcat_threads_config_max_threads"),
    Pair("tomcat_threads_busy", "tomcat_threads_config_max"),
    Pair("jetty_threads_busy", "jetty_threads_config_max"),
    Pair("executor_active_threads", "executor_pool_max_threads"),
    Pair(
      "httpcomponents_httpclient_pool_total_connections", "httpcomponents_httpclient_pool_total_max",
      state: ("state", "leased")),
    Pair("go_sql_in_use_connections", "go_sql_max_open_connections"),
    Pair("go_sql_stats_connections_in_use", "go_sql_stats_connections_max_open"),
    Pair("db_client_connections_usage", "db_client_connections_max", state: ("state", "used")),
    Pair(
      "db_client_connection_count", "db_client_connection_max", state: ("db_client_connection_state", "used")),
    Pair("pg_stat_activity_count", "pg_settings_max_connections"),
    Pair("pg_stat_database_numbackends", "pg_settings_max_connections"),
    Pair("pgbouncer_databases_current_connections", "pgbouncer_databases_pool_size"),
    Pair("mysql_global_status_threads_connected", "mysql_global_variables_max_connections"),
    Pair("redis_connected_clients", "redis_config_maxclients"),
    Pair("sqlalchemy_pool_checkedout", "sqlalchemy_pool_size"),
    Pair("sqlalchemy_pool_connections_checked_out", "sqlalchemy_pool_size"),
    Pair("puma_busy_threads", "puma_max_threads"), Pair("sidekiq_busy_workers", "sidekiq_concurrency"),
    Pair("haproxy_frontend_current_sessions", "haproxy_frontend_limit_sessions"),
    Pair("haproxy_backend_current_sessions", "haproxy_backend_limit_sessions"),
    Pair("phpfpm_active_processes", "phpfpm_max_children"),
    Pair("uwsgi_busy_workers", "uwsgi_workers"),
  ]
}
