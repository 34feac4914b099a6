import Testing

@testable import SLOHistory
