import SLOCheck
import SLOGate
import SLOHistory

extension Platform {
  /// The surroundings of this process: the repository of its folder, and what the variables of the build server say.
  static let current = {
    let git = Git()
    return Platform(
      repository: git, build: ContinuousIntegration(variable),
      links: VerdictLinks(variable, in: git?.folderInside))
  }()
}

extension RunNames {
  /// The names of a history's runs; how one was understood is reported.
  init(_ history: History) {
    self.init(
      history, path: history.path, repository: Platform.current.repository, onNotice: Terminal.notice)
  }
}
