import Glibc

/// Runs a program found on the PATH and gives the text it printed, or nil where it is missing or failed.
func output(of program: String, _ arguments: [String]) -> String? {
  bytes(of: program, arguments).map { String(decoding: $0, as: UTF8.self) }
}

/// Runs a program found on the PATH and gives what it printed, or nil where it is missing or failed.
///
/// `posix_spawn` in place of Foundation's `Process`: loading Foundation would cost more than a whole check.
func bytes(of program: String, _ arguments: [String]) -> [UInt8]? {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { return nil }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addclose(&actions, ends[0])
  posix_spawn_file_actions_addclose(&actions, ends[1])
  var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
  words.append(nil)
  defer { words.forEach { free($0) } }
  var child = pid_t()
  let spawned = posix_spawnp(&child, program, &actions, nil, words, environ)
  close(ends[1])
  defer { close(ends[0]) }
  guard spawned == 0 else { return nil }
  let printed = bytes(from: ends[0])
  var status: Int32 = 0
  while waitpid(child, &status, 0) == -1 && errno == EINTR {}
  return status == 0 ? printed : nil
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
