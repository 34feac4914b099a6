import Testing

@testable import SLOReaders

@Suite("Reading the tags of k6's CSV")
struct CSVHeaderTests {
  private func tags(_ raw: String, columns: String = "group,name,extra_tags,metadata") -> [String] {
    let header = CSVHeader(Array("metric_name,timestamp,metric_value,\(columns)\n".utf8))
    return header.tags(of: Array(raw.utf8)).map { "\($0.key)=\($0.value)" }
  }

  @Test("A column is a tag of its name, an empty one is none")
  func columns() {
    #expect(tags("::browse,search,") == ["group=::browse", "name=search"])
    #expect(tags(",search,") == ["name=search"])
    #expect(tags(",,") == [])
  }

  @Test("Quotes are taken off, and two within stand for one")
  func quotes() {
    #expect(tags(#""a, ""b""",x,"#) == [#"group=a, "b""#, "name=x"])
    #expect(tags("\"line\nbreak\",x,") == ["group=line\nbreak", "name=x"])
    #expect(tags(#""",x,"#) == ["name=x"])
    #expect(tags(#"it's 5" wide,x,"#) == [#"group=it's 5" wide"#, "name=x"])
  }

  @Test("extra_tags are split at & and at the first =")
  func extraTags() {
    #expect(tags(",,endpoint=search&build=b1") == ["endpoint=search", "build=b1"])
    #expect(tags(",,query=a=b") == ["query=a=b"])
    #expect(tags(",,endpoint=") == ["endpoint="])
    #expect(tags(#",,"endpoint=with, comma&say=""hi""""#) == ["endpoint=with, comma", #"say="hi""#])
    #expect(tags(",,endpoint=søk/日本語") == ["endpoint=søk/日本語"])
  }

  @Test("A piece without = belongs to the value before it: k6 escapes no &")
  func ampersand() {
    #expect(tags(",,endpoint=a&b&tier=read") == ["endpoint=a&b", "tier=read"])
    #expect(tags(",,endpoint=<b>&amp;</b>") == ["endpoint=<b>&amp;</b>"])
    #expect(tags(",,endpoint=a&") == ["endpoint=a&"])
    #expect(tags(",,lost&endpoint=a") == ["endpoint=a"])
  }

  @Test("Columns are those of the header, whichever they are")
  func otherColumns() {
    #expect(tags("200,endpoint=a", columns: "status,extra_tags") == ["status=200", "endpoint=a"])
    #expect(tags("endpoint=a,200", columns: "extra_tags,status") == ["endpoint=a", "status=200"])
    #expect(CSVHeader(Array("metric_name,timestamp,metric_value\r\n".utf8)).columns.last == "metric_value")
    #expect(CSVHeader(Array("metric_name,timestamp,metric_value".utf8)).tags(of: []).isEmpty)
  }
}
