import SLOModel
import Testing

@testable import SLOReaders

@Suite("Settings of a database are facts of the sizing")
struct SettingTests {
  @Test(
    "A value is written in the largest unit of which it is a whole number, as the server shows it",
    arguments: [
      ("16384", "8kB", "128MB"), ("128MB", "8kB", "128MB"), ("65536", "kB", "64MB"), ("1000", "ms", "1s"),
      ("300", "s", "5min"), ("90", "s", "90s"), ("1", "16MB", "16MB"), ("1048576", "kB", "1GB"),
      ("0.5", "ms", "500us"),
      ("86400", "s", "1d"), ("-1", "ms", "-1"), ("0", "kB", "0"), ("1.1", "", "1.1"), ("4", "", "4"),
      ("0.05", "", "0.05"), ("on", "", "on"), ("remote_apply", "", "remote_apply"), ("1536", "MB", "1536MB"),
    ])
  func values(text: String, unit: String, expected: String) {
    #expect(SettingValue.written(text, unit: unit) == expected)
  }

  @Test("What no setting is has no value", arguments: ["12 parsecs", "", "a b", "1e999", "../x", "1.2.3"])
  func none(text: String) {
    #expect(SettingValue.written(text, unit: "kB") == nil)
  }

  @Test(
    "Those that change how fast a server is are recorded, from every form",
    arguments: [
      (
        "name,setting,unit\nshared_buffers,16384,8kB\nprimary_conninfo,password=s3cr3t,\njit,on,\nserver_version,15.4 (Debian),\n",
        "csv"
      ),
      (
        "name,setting,description\nshared_buffers,128MB,\"Sets, it\"\njit,on,x\nserver_version,15.4,x\n",
        "csv"
      ),
      ("name,setting\nshared_buffers,16384\njit,on\nserver_version_num,150004\n", "csv"),
      (
        "[{\"name\":\"shared_buffers\",\"setting\":\"16384\",\"unit\":\"8kB\"},{\"name\":\"jit\",\"setting\":\"on\",\"unit\":null},{\"name\":\"server_version\",\"setting\":\"15.4\"}]",
        "json"
      ),
    ])
  func forms(text: String, ext: String) throws {
    let result = try DatabaseSnapshots.read(text, ext: ext)
    #expect(result.errors.isEmpty)
    #expect(result.usable[0].sizing == ["pg_shared_buffers": "128MB", "pg_jit": "on", "pg_version": "15"])
  }

  @Test("Before version 10 the first two numbers are the major version", arguments: ["9.6.24", "90624"])
  func old(version: String) throws {
    let name = version.contains(".") ? "server_version" : "server_version_num"
    #expect(
      try DatabaseSnapshots.read("name,setting\n\(name),\(version)\n").usable[0].sizing == [
        "pg_version": "9.6"
      ])
  }

  @Test("A setting that changed between two snapshots is said")
  func changed() throws {
    let result = try DatabaseSnapshots.read("name,setting\nwork_mem,4096\n", "name,setting\nwork_mem,8192\n")
    #expect(result.usable[0].sizing == ["pg_work_mem": "8MB"])
    #expect(result.usable[0].warnings.map { $0.contains("(pg_work_mem)") } == [true])
  }

  @Test("A value that cannot be is an error that does not repeat it")
  func broken() throws {
    let result = try DatabaseSnapshots.read("name,setting\nwork_mem,s3cr3t word\n")
    #expect(
      result.errors.map(\.description) == [
        "0-0.csv:2:10: found no value of work_mem; expected a number with or without a unit, or a word; write the file"
          + " again, as in psql --csv -c '…' > FILE"
      ])
  }
}
