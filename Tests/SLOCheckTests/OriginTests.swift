import SLOCheck
import SLOModel
import Testing

@Suite struct OriginTests {
  private var repository: FakeRepository {
    var repository = FakeRepository()
    repository.lay((1...4).map(sha), on: "main")
    repository.lay([sha(11), sha(12)], on: "feature", from: sha(3))
    return repository
  }

  private func origin(
    _ commit: String? = nil, branch: String? = nil, on platform: Platform
  ) throws(GateError) -> Origin {
    try Origin(commit: commit, branch: branch, reference: nil, on: platform)
  }

  @Test func theCommitCheckedOutIsMeasuredWhereNobodyNamesOne() throws {
    let origin = try origin(on: Platform(repository: repository))
    #expect(origin.commit.sha == sha(12))
    #expect(origin.commit.branch == "feature")
    #expect(origin.reference == "main")
  }

  @Test func aChangeIsComparedWithTheCommitsItStandsOn() throws {
    #expect(
      try origin(on: Platform(repository: repository)).ancestry().commits == [sha(3), sha(2), sha(1)])
  }

  @Test func theBuildServerKnowsBetterThanTheRepository() throws {
    let variables = ["GITHUB_ACTIONS": "true", "GITHUB_SHA": sha(4), "GITHUB_REF_NAME": "main"]
    let build = ContinuousIntegration { variables[$0] }
    let origin = try origin(on: Platform(repository: repository, build: build))
    #expect(origin.commit.sha == sha(4))
    #expect(origin.commit.branch == "main")
  }

  @Test func aNameThatIsNoCommitIsRefused() throws {
    let error = #expect(throws: GateError.self) {
      _ = try origin("featur", on: Platform(repository: repository))
    }
    #expect(error?.kind == .usage)
    #expect(error?.description.contains("did you mean 'feature'?") == true)
  }

  @Test func theSHAOfACommitThatLiesElsewhereIsTaken() throws {
    #expect(try origin("41d0e77", on: Platform(repository: repository)).commit.sha == "41d0e77")
  }

  @Test func aShallowCloneSaysWhyEveryRunCounts() throws {
    var shallow = repository
    shallow.isShallow = true
    let ancestry = try origin(on: Platform(repository: shallow)).ancestry()
    #expect(ancestry.commits == nil)
    #expect(ancestry.notice?.contains("fetch-depth: 0") == true)
  }

  @Test func outsideARepositoryThereIsNothingToSay() throws {
    let ancestry = try origin("41d0e77", on: Platform()).ancestry()
    #expect(ancestry.commits == nil && ancestry.notice == nil)
  }
}
