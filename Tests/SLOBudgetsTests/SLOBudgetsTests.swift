import Testing

@testable import SLOBudgets
