import Glibc

/// Runs a program found on the PATH and gives what it printed, or nil where it is missing or failed.
func bytes(of program: String, _ arguments: [String]) -> [UInt8]? {
  let ended = Ended(program, arguments)
  return ended?.status == 0 ? ended?.output : nil
}

/// What the first line of a program's complaint says; nil where it did not fail.
enum Complaint {
  /// There is no such program.
  case missing
  /// It failed and said this, which may be nothing.
  case failed(String)

  /// - Returns: nil where the program did what it was asked to.
  init?(of program: String, _ arguments: [String]) {
    guard let ended = Ended(program, arguments, takesErrors: true) else {
      self = .missing
      return
    }
    guard ended.status != 0 else { return nil }
    self = .failed(String(decoding: ended.output, as: UTF8.self))
  }
}

/// A program that has run.
private struct Ended {
  var output: [UInt8]
  var status: Int32

  /// - Parameter takesErrors: whether `output` is what it wrote to standard error, and not to standard output.
  /// - Returns: nil where it could not be started.
  init?(_ program: String, _ arguments: [String], takesErrors: Bool = false) {
    guard let ended = run(program, arguments, taking: takesErrors ? 2 : 1) else { return nil }
    (output, status) = ended
  }
}

/// `posix_spawn` in place of Foundation's `Process`: loading Foundation would cost more than a whole check.
private func run(_ program: String, _ arguments: [String], taking stream: Int32) -> ([UInt8], Int32)? {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { return nil }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_adddup2(&actions, ends[1], stream)
  posix_spawn_file_actions_addopen(&actions, stream == 1 ? 2 : 1, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addclose(&actions, ends[0])
  posix_spawn_file_actions_addclose(&actions, ends[1])
  var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
  words.append(nil)
  defer { words.forEach { free($0) } }
  // Whatever the language of its messages is, they are distinguished here.
  let plain = variables()
  defer { plain.forEach { free($0) } }
  var child = pid_t()
  let spawned = posix_spawnp(&child, program, &actions, nil, words, plain)
  close(ends[1])
  defer { close(ends[0]) }
  guard spawned == 0 else { return nil }
  let printed = bytes(from: ends[0])
  var status: Int32 = 0
  while waitpid(child, &status, 0) == -1 && errno == EINTR {}
  return (printed, status)
}

/// The variables of this process, with messages in English, as a list that C takes.
private func variables() -> [UnsafeMutablePointer<CChar>?] {
  var variables: [UnsafeMutablePointer<CChar>?] = []
  var next = environ
  while let variable = next.pointee {
    if strncmp(variable, "LC_ALL=", 7) != 0 { variables.append(strdup(variable)) }
    next += 1
  }
  return variables + [strdup("LC_ALL=C"), nil]
}

private func bytes(from descriptor: Int32) -> [UInt8] {
  var all: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(descriptor, &block, block.count)
    if count > 0 {
      all += block[..<count]
    } else if count == 0 || errno != EINTR {
      return all
    }
  }
}
