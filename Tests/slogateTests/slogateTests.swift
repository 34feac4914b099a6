import Testing

@testable import slogate
