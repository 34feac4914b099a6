import Testing

@testable import SLOReaders
