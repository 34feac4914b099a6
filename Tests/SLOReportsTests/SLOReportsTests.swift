import Testing

@testable import SLOReports
