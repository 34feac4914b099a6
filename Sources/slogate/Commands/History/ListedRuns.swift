import SLOHistory
import SLOModel
import SLOReports

extension History {
  /// Headers with what was said of each.
  func listed(_ headers: [RunHeader]) throws(HistoryError) -> [ListedRun] {
    let acceptances = try recordedAcceptances()
    var listed: [ListedRun] = []
    for header in headers {
      let own = acceptances.filter {
        $0.acceptance.commit == header.commit.sha && $0.acceptance.service == header.service
      }
      listed.append(ListedRun(header: header, checks: try checks(of: header.id), acceptances: own))
    }
    return listed
  }
}
