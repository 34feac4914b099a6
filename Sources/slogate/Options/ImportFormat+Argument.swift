public import ArgumentParser
public import SLOBudgets

extension ImportFormat: ExpressibleByArgument {}
