import Testing

@testable import SLOStatistics
