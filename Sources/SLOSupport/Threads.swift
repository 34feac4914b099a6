internal import Glibc
internal import Synchronization

/// The machine's cores.
package enum Cores {
  /// How many threads to work with: one a core, but no more than eight, each of which has buffers of its own.
  package static var count: Int { min(8, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }
}

/// Does a number of independent things, one thread each, and returns when all are done. The first is done by
/// the caller, so that one thing alone starts no thread.
package func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let threads = (1..<max(1, count)).map { index in
    Unmanaged.passRetained(Job { body(index) }).toOpaque()
  }.map { job in
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, { Job.run($0) }, job)
    // Without another thread the caller does it all.
    if code != 0 { _ = Job.run(job) }
    return code == 0 ? thread : nil
  }
  if count > 0 { body(0) }
  for case let thread? in threads { pthread_join(thread, nil) }
}

/// What `transform` makes of each element, in their order, by a number of threads. A free thread takes the
/// next element, so that a large one delays no other. One element alone starts no thread.
package func concurrentMap<Element: Sendable, Value: Sendable>(
  _ elements: [Element], workers: Int, _ transform: @escaping @Sendable (Element) -> Value
) -> [Value] {
  let next = Atomic(0)
  let values = Mutex([Value?](repeating: nil, count: elements.count))
  concurrently(min(workers, elements.count)) { _ in
    while case let index = next.add(1, ordering: .relaxed).oldValue, index < elements.count {
      let value = transform(elements[index])
      values.withLock { $0[index] = value }
    }
  }
  return values.withLock { $0.compactMap(\.self) }
}

private final class Job {
  private let body: () -> Void

  init(_ body: @escaping () -> Void) { self.body = body }

  static func run(_ job: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let job { Unmanaged<Job>.fromOpaque(job).takeRetainedValue().body() }
    return nil
  }
}
