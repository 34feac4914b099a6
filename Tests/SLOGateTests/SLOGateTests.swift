import Testing

@testable import SLOGate
