public import ArgumentParser
public import SLOReports

/// A format as the value of an option.
extension ReportFormat: ExpressibleByArgument {}
