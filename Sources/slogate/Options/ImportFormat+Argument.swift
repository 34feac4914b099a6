import ArgumentParser
import SLOBudgets

extension ImportFormat: ExpressibleByArgument {}
