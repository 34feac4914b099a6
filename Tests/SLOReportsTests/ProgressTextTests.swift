import Testing

@testable import SLOReports

@Suite("The line that says how far reading has come")
struct ProgressTextTests {
  @Test("Of a file: amount, share, rate and time left")
  func file() {
    #expect(
      progressText(name: "samples.json", taken: 1_200_000_000, of: 5_000_000_000, after: 1.2)
        == "samples.json  1.2 GB of 5 GB  24 %  1 GB/s  4 s left")
  }

  @Test("Of a pipe nobody knows the end")
  func pipe() {
    #expect(
      progressText(name: "standard input", taken: 52_000_000, of: nil, after: 2)
        == "standard input  52 MB  26 MB/s")
  }

  @Test("A file that grows while it is read is not read beyond its end")
  func growing() {
    #expect(progressText(name: "f", taken: 300, of: 200, after: 1).hasSuffix("0 s left"))
  }
}
